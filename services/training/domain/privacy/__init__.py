"""What people may ask for about their own data: to have them corrected, to have them erased, to consent or not."""

"""Before the story: a small region comes into being, each thing of it a little story of its own."""

from shared.operations.stories.cast import Cast
from shared.operations.stories.region import Region
from shared.operations.stories.seed.campus import open_bases_of, programmes_of
from shared.operations.stories.seed.offers import offer_capabilities, until_listed
from shared.operations.stories.seed.people import accounts_of, students_of, teachers_of
from shared.operations.stories.seed.register import organizations_of
from shared.operations.stories.teller import Teller


async def seed(teller: Teller, region: Region) -> Cast:
    """Make everybody and everything that the story needs, and wait until talent can propose them."""
    organizations = await organizations_of(teller, region.organizations.items())
    university = organizations["university"]
    programmes = await programmes_of(teller, region, university)
    bases = await open_bases_of(teller, region, organizations)
    teachers = await teachers_of(teller, region, university, programmes)
    students = await students_of(teller, region, university, programmes[0])
    cast = Cast(
        university=university,
        enterprise=organizations["enterprise"],
        programmes=tuple(programmes),
        bases=tuple(bases),
        teachers=tuple(teachers),
        students=tuple(students),
        accounts=await accounts_of(teller, university, students),
    )
    await offer_capabilities(teller, region, cast)
    await until_listed(teller, cast)
    return cast

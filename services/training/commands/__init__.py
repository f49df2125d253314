"""What may be asked of training, in the imperative. Ids are made at the edge and come in with the command."""

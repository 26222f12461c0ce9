"""The dossier of a project (项目底册): what is entered once and drawn on by documents, register and checks. Pure."""

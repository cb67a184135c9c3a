"""The municipality's own words as rows, so that other rows can point at them.

`municipality.toml` is the truth; at every start it is copied here. What has left the file stays, as not active.
"""

from sqlmodel import Field

from storage.base import Table


class District(Table, table=True):
    """A wijk, by its CBS code."""

    __tablename__ = "districts"
    code: str = Field(primary_key=True, max_length=20)
    name: str
    active: bool = True


class Theme(Table, table=True):
    """A subject people ask about or work on."""

    __tablename__ = "themes"
    code: str = Field(primary_key=True, max_length=20)
    name: str
    active: bool = True


class Organisation(Table, table=True):
    """A partner of the municipality: welfare, housing corporation, youth care."""

    __tablename__ = "organisations"
    code: str = Field(primary_key=True, max_length=20)
    name: str
    active: bool = True


class Team(Table, table=True):
    """People who take work together, of the municipality (no organisation) or of a partner."""

    __tablename__ = "teams"
    code: str = Field(primary_key=True, max_length=20)
    name: str
    organisation_code: str | None = Field(default=None, foreign_key="organisations.code")
    active: bool = True

"""The regions that have Azure Machine Learning, as `az account list-locations` names them.

Source: https://azure.microsoft.com/explore/global-infrastructure/products-by-region (Azure Machine Learning).
"""

from __future__ import annotations

from dp100.standin.engine.errors import Invalid

DEFAULT = "eastus"

REGIONS = (
    "australiacentral",
    "australiaeast",
    "australiasoutheast",
    "brazilsouth",
    "canadacentral",
    "canadaeast",
    "centralindia",
    "centralus",
    "eastasia",
    "eastus",
    "eastus2",
    "francecentral",
    "germanynorth",
    "germanywestcentral",
    "israelcentral",
    "italynorth",
    "japaneast",
    "japanwest",
    "jioindiawest",
    "koreacentral",
    "koreasouth",
    "mexicocentral",
    "newzealandnorth",
    "northcentralus",
    "northeurope",
    "norwayeast",
    "polandcentral",
    "qatarcentral",
    "southafricanorth",
    "southcentralus",
    "southeastasia",
    "southindia",
    "spaincentral",
    "swedencentral",
    "switzerlandnorth",
    "switzerlandwest",
    "uaenorth",
    "uksouth",
    "ukwest",
    "westcentralus",
    "westeurope",
    "westus",
    "westus2",
    "westus3",
)


def normalized(location: str) -> str:
    """``"East US 2"`` as ``"eastus2"``.

    Raises:
        Invalid: there is no such region.
    """
    region = location.lower().replace(" ", "")
    if region not in REGIONS:
        import difflib

        close = difflib.get_close_matches(region, REGIONS, 3)
        hint = f" Did you mean {', '.join(close)}?" if close else ""
        raise Invalid(
            f"The provided location '{location}' is not available for resource group or workspace.{hint}",
            code="LocationNotAvailableForResourceType",
            target="location",
        )
    return region

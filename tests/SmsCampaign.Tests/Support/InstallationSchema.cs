using System.Text.Json.Nodes;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Writes the JSON Schema of the installation file from the keys that the settings classes declare: those of the file
/// itself, and of each type of lane its own.
/// </summary>
static class InstallationSchema
{
    public static string Write()
    {
        var root = KeySchema.MapOf(SettingWords.KeysOf(typeof(InstallationSettings)));
        var properties = root["properties"]!.AsObject();
        properties.Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        properties["lanes"] = new JsonObject
        {
            ["description"] = "The lanes by name: an account at a gateway each. Names are lower-case letters, "
                + "digits and underscores. "
                + "A carrier that two lanes serve goes to the one that the campaign file lists first.",
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z0-9_]{1,40}$" },
            ["additionalProperties"] = new JsonObject
            {
                ["oneOf"] = new JsonArray([.. CarrierTypes.All.Select(LaneOf)]),
            },
        };
        root["required"] = new JsonArray("lanes");
        return KeySchema.Write(
            root, "SmsCampaign installation file", "The installation file as a whole; lanes are read by their types.");
    }

    static JsonNode LaneOf(CarrierType type)
    {
        var lane = KeySchema.Section(SettingWords.KeysOf(type.Options));
        lane["properties"]!["type"]!["const"] = type.Name;
        return lane;
    }
}

using System.Text.Json.Nodes;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Support;

/// <summary>Reads a lane's section as an installation file has it, where ${env:TOKEN} is a secret.</summary>
static class LaneSection
{
    const string Common = """
        "standIn": false, "carriers": ["viettel"], "rate": 10, "receiptTrust": "network", "pricePerPart": 300
        """;

    /// <param name="own">The keys of the type that must be there, as JSON.</param>
    /// <param name="changed">Keys to put in or to change, as JSON.</param>
    public static (LaneOptions? Options, IReadOnlyList<Problem> Problems) Read(
        string type, string own, string changed = "")
    {
        var lane = new JsonObject();
        foreach (var part in new[] { $"\"type\": \"{type}\", {Common}", own, changed })
        {
            foreach (var (name, value) in JsonNode.Parse($"{{{part}}}")!.AsObject())
                lane[name] = value?.DeepClone();
        }

        var folder = Directory.CreateTempSubdirectory("lane").FullName;
        try
        {
            var path = Path.Combine(folder, "smscampaign.json");
            File.WriteAllText(path, $$"""{ "lanes": { "a": {{lane.ToJsonString()}} } }""");
            var reading = Installation.Read(path, new Dictionary<string, string> { ["TOKEN"] = "t0ken" });
            return (reading.Installation?.Lanes[0].Options, [.. reading.Problems]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The one thing that is wrong: its key in the lane, and what.</summary>
    public static (string? Key, string What) FaultOf(string type, string own, string changed)
    {
        var problem = Assert.Single(Read(type, own, changed).Problems);
        return (problem.Where?.Key?["lanes.a.".Length..], problem.What.En);
    }
}

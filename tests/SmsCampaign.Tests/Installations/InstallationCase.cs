using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Installations;

/// <summary>An installation file of one lane, whole but for what a test puts in.</summary>
public abstract class InstallationCase : IDisposable
{
    private protected static readonly Dictionary<string, string> NoEnvironment = [];

    /// <summary>The smallest lane there is.</summary>
    private protected const string Lane = """
        "type": "http", "standIn": true, "carriers": ["viettel"], "rate": 10, "receiptTrust": "none", "pricePerPart": 300,
        "url": "https://gateway.example/", "body": { "r": "{reference}", "t": "{to}", "x": "{text}" }, "answer": { "id": "id" }
        """;

    private protected readonly string _folder = Directory.CreateTempSubdirectory("installation").FullName;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(_folder, recursive: true);
    }

    private protected Installation Good(string text, Dictionary<string, string>? environment = null)
    {
        var reading = Read(text, environment);
        Assert.Empty(reading.Problems);
        return reading.Installation!;
    }

    private protected InstallationReading Read(string text, Dictionary<string, string>? environment = null)
    {
        var path = Path.Combine(_folder, "smscampaign.json");
        File.WriteAllText(path, text);
        return Installation.Read(path, environment ?? NoEnvironment);
    }
}

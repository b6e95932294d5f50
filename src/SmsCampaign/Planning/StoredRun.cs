using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Audience;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Planning;

/// <summary>
/// What a run's ledger says of how it was planned. Reading it does not depend on how many messages the run has.
/// </summary>
sealed record StoredRun(
    string Code,
    string DefinitionHash,
    string PlanHash,
    string CreatedAt,
    ImportedAudience Audience,
    IReadOnlyList<RunInput> Inputs,
    IReadOnlyDictionary<string, string> LaneSettings,
    string Earlier,
    bool Begun)
{
    /// <exception cref="LedgerException">The file is no run's ledger, or a broken one.</exception>
    public static StoredRun Read(string path)
    {
        using var db = SqliteDb.Open(path, readOnly: true);
        Migrations.RefuseNewer(db, "Run");

        var info = ReadPairs(db, "select name, value from run_info");
        if (!info.TryGetValue("audience", out var audience) || !info.TryGetValue("inputs", out var inputs))
            throw new LedgerException(new Wording("sổ không ghi được lập từ những tệp nào", $"{path} does not say what it was made of")) { File = path, Fault = StorageFault.Foreign };

        return new StoredRun(
            info["code"],
            info["definition_hash"],
            info["plan_hash"],
            info["created_at"],
            JsonSerializer.Deserialize(audience, RunJson.Default.ImportedAudience)!,
            JsonSerializer.Deserialize(inputs, RunJson.Default.IReadOnlyListRunInput)!,
            ReadPairs(db, "select name, settings from lane"),
            info.GetValueOrDefault("earlier", ""),
            db.ReadNumber("select 1 from attempt limit 1") is not null || db.ReadNumber("select 1 from state limit 1") is not null);
    }

    static Dictionary<string, string> ReadPairs(SqliteDb db, string sql)
    {
        var pairs = new Dictionary<string, string>();
        using var statement = db.Prepare(sql);

        while (statement.Step())
            pairs[statement.Text(0)!] = statement.Text(1)!;

        return pairs;
    }
}

/// <summary>How the parts of <see cref="StoredRun"/> that have no table of their own are written.</summary>
[JsonSerializable(typeof(ImportedAudience))]
[JsonSerializable(typeof(IReadOnlyList<RunInput>))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
sealed partial class RunJson : JsonSerializerContext;

using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>A run's ledger in a SQLite file.</summary>
sealed class SqliteRunStorage : RunStorage
{
    readonly TempFolder _folder = new();

    public override bool IsThere => File.Exists(Place);

    public override bool IsAnythingThere => Directory.EnumerateFiles(Path.GetDirectoryName(Place)!).Any();

    string Place => Path.Combine(_folder.Path, "runs", "some.db");

    public override IRunBuilder Build() => RunLedgers.Build(Place);

    public override IRunLedger Open(ProcessClock clock) => RunLedger.Open(Place, clock);

    public override IReportReader ReadForReport() => RunLedgers.ReadForReport(Place);

    public override IPlanReader ReadPlan() => RunLedgers.ReadPlan(Place);

    public override IHandOverReader ReadHandOvers() => RunLedgers.ReadHandOvers(Place);

    public override IResolutions Resolve() => RunLedgers.Resolve(Place);

    public override IReadOnlyList<PersonsResolution> ReadPersons() => RunLedgers.ReadPersons(Place);

    public override void Dispose() => _folder.Dispose();
}

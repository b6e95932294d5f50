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

    IKeptRun Kept => Ledgers.RunAt(RunAddress.OfFile(Place));

    public override IRunBuilder Build() => Kept.Build();

    public override IRunLedger Open(ProcessClock clock) => RunLedger.Open(Place, clock);

    public override IReportReader ReadForReport() => Kept.ReadForReport();

    public override IPlanReader ReadPlan() => Kept.ReadPlan();

    public override IHandOverReader ReadHandOvers() => Kept.ReadHandOvers();

    public override IResolutions Resolve() => Kept.Resolve();

    public override IReadOnlyList<PersonsResolution> ReadPersons() => Kept.ReadPersons();

    public override void Dispose() => _folder.Dispose();
}

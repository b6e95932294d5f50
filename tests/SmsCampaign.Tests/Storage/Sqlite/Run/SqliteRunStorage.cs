using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>A run's ledger in a SQLite file.</summary>
sealed class SqliteRunStorage : RunStorage
{
    readonly TempFolder _folder = new();
    SqliteRunStorage? _beside;

    public override bool IsAnythingThere => Directory.EnumerateFiles(Data.RunsFolder).Any();

    public override DataFolder Data => new(_folder.Path);

    public override IKeptRun Kept => Ledgers.RunAt(Address);

    RunAddress Address => Data.AddressOf(SomeRun.Description.Key);

    public override IRunLedger Open(ProcessClock clock, IReadOnlyCollection<int>? lanes = null) =>
        RunLedger.Open(Address.KeptIn.Name, clock, beforeCommit: null, lanes: lanes);

    public override RunStorage Beside() => _beside ??= new SqliteRunStorage();

    public override void Dispose()
    {
        _beside?.Dispose();
        _folder.Dispose();
    }
}

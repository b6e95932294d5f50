using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>A run's ledger in a schema of PostgreSQL.</summary>
sealed class PostgresRunStorage : RunStorage
{
    readonly TempFolder _folder = new();
    readonly PostgresPlace _place;
    readonly string _name;
    PostgresRunStorage? _beside;

    public PostgresRunStorage()
        : this(
            PostgresPlace.Of(new PostgresAddress(PostgresServer.Shared.CreateDatabase())),
            SomeRun.Description.Key.FileName)
    {
    }

    PostgresRunStorage(PostgresPlace place, string name) => (_place, _name) = (place, name);

    public override bool IsAnythingThere
    {
        get
        {
            using var db = _place.Ledger.Open();
            return db.ReadNumber($"select count(*) from pg_namespace where nspname like '{Tables.Schema}%'") > 0;
        }
    }

    public override DataFolder Data => new(_folder.Path);

    public override IKeptRun Kept => Ledgers.RunAt(new RunAddress(Tables));

    public PostgresPlace Place => _place;

    PostgresTables Tables => _place.Run(_name);

    public override IRunLedger Open(ProcessClock clock, IReadOnlyCollection<int>? lanes = null) =>
        RunLedger.Open(Tables, clock, beforeCommit: null, lanes: lanes);

    public override RunStorage Beside() => _beside ??= new PostgresRunStorage(_place, "beside");

    public override void Dispose()
    {
        _beside?.Dispose();
        _place.Dispose();
        _folder.Dispose();
    }
}

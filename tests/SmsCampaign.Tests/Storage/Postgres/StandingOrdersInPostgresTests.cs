using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Registry;
using SmsCampaign.Tests.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>What persons order is kept in PostgreSQL as in every kind.</summary>
public sealed class StandingOrdersInPostgresTests : StandingOrdersContract
{
    PostgresPlace? _place;

    protected override IRegistry Open(string folder) => new RegistryRows(
        new DataFolder(folder, Path.Combine(folder, "marks")),
        new PostgresRegistryDb(
            _place ??= PostgresPlace.Of(new PostgresAddress(PostgresServer.Shared.CreateDatabase()))));

    protected override void Spoil(string folder, string column)
    {
        using var db = _place!.Ledger.Open();
        db.Execute($"update standing_order set {column} = {(column == "kind" ? "99" : "'no such thing'")}");
    }

    public override void Dispose()
    {
        _place?.Dispose();
        base.Dispose();
    }
}

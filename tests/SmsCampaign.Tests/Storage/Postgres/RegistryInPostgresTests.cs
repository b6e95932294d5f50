using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Registry;
using SmsCampaign.Tests.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>The installation's tables in PostgreSQL are asked as every kind must be.</summary>
public sealed class RegistryInPostgresTests : RegistryContract
{
    readonly PostgresPlace _place = PostgresPlace.Of(new PostgresAddress(PostgresServer.Shared.CreateDatabase()));

    protected override IRegistry Open(string folder) =>
        new RegistryRows(new DataFolder(folder), new PostgresRegistryDb(_place));

    public override void Dispose()
    {
        _place.Dispose();
        base.Dispose();
    }
}

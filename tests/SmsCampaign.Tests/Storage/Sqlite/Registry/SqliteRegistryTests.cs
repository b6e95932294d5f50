using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite.Registry;
using SmsCampaign.Tests.Storage.Registry;

namespace SmsCampaign.Tests.Storage.Sqlite.Registry;

public sealed class SqliteRegistryTests : RegistryContract
{
    protected override IRegistry Open(string folder) => new SqliteRegistry(new DataFolder(folder));
}

using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>A ledger in a SQLite file is built as every kind must be.</summary>
public sealed class RunBuilderContractTests() : RunBuilderContract(new SqliteRunStorage());

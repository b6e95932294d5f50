using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>A ledger in a SQLite file is sent as every kind must be.</summary>
public sealed class RunLedgerContractTests() : RunLedgerContract(new SqliteRunStorage());

using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>A ledger in PostgreSQL is sent as every kind must be.</summary>
public sealed class RunLedgerInPostgresTests() : RunLedgerContract(new PostgresRunStorage());

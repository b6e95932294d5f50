using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>A ledger in PostgreSQL is read as every kind must be.</summary>
public sealed class RunReaderInPostgresTests() : RunReaderContract(new PostgresRunStorage());

using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>A ledger in PostgreSQL is built as every kind must be.</summary>
public sealed class RunBuilderInPostgresTests() : RunBuilderContract(new PostgresRunStorage());

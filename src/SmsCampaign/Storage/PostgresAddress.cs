namespace SmsCampaign.Storage;

/// <summary>The database of PostgreSQL in which an installation keeps its ledgers.</summary>
/// <param name="Connection">As Npgsql has it, with who signs in
/// (npgsql.org/doc/connection-string-parameters.html).</param>
/// <param name="Schema">Of the installation's own tables; those of others begin with it.</param>
public sealed record PostgresAddress(string Connection, string Schema = PostgresAddress.DefaultSchema)
{
    public const string DefaultSchema = "sms_campaign";

    /// <summary>Without who signs in.</summary>
    public override string ToString() => Schema;
}

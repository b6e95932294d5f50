namespace SmsCampaign.Tests.Support;

/// <summary>What the fixtures of tests ask of the machine. Here nothing is skipped.</summary>
static class Machine
{
    public static void NeedsPostgres()
    {
        if (PostgresPrograms.Folder is null)
            throw new InvalidOperationException("PostgreSQL's server is not on this machine");
    }
}

using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Tests.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres;

public sealed class PostgresKeptRunTests : IDisposable
{
    readonly PostgresRunStorage _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>Whatever its name is cut off to.</summary>
    [Theory]
    [InlineData("ngan")]
    [InlineData("mot-chien-dich-co-ten-dai-hon-muc-thuong-rat-nhieu-2025-07-30")]
    public void One_that_was_set_aside_is_no_run_any_more(string name)
    {
        var at = _run.Place.Run(name);
        var kept = new PostgresKeptRun(at);
        using (var builder = kept.Build())
        {
            RunStorage.AddRows(builder);
            builder.Complete(RunStorage.Audience, RunStorage.Plan, SomeRun.Description);
        }

        Assert.Equal(new RunAddress(at), Assert.Single(PostgresKeptRun.FindAll(_run.Place, simulated: null)));

        kept.SetAside(_run.Time);

        Assert.False(kept.Exists);
        Assert.Empty(PostgresKeptRun.FindAll(_run.Place, simulated: null));
    }

    [Fact]
    public void All_of_it_is_read_to_find_what_is_broken()
    {
        _run.Create();

        Assert.Null(_run.Kept.FindBroken());
        Assert.Null(PostgresCatalog.FindBroken(_run.Place.Ledger));
        Assert.Throws<LedgerException>(() => PostgresCatalog.FindBroken(_run.Place.Run("not-there")));
    }
}

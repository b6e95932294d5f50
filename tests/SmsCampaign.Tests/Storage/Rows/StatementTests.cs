using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Tests.Storage.Rows;

/// <summary>Rows are read on the bare pointer of a statement, which nothing guards but the statement itself.</summary>
public class StatementTests
{
    [Fact]
    public void One_that_was_disposed_of_reads_nothing_and_does_not_end_the_process()
    {
        using var db = SqliteDb.Open(":memory:");
        var statement = db.Prepare("select 7");
        Assert.True(statement.Step());
        Assert.Equal(7, statement.Number(0));

        statement.Dispose();

        Assert.Equal(0, statement.Number(0));
        Assert.True(statement.IsNull(0));
        Assert.ThrowsAny<Exception>(() => statement.Step());
        Assert.ThrowsAny<Exception>(statement.Run);
    }

    [Fact]
    public void Numbers_are_bound_and_read_over_their_whole_range()
    {
        using var db = SqliteDb.Open(":memory:");
        using var statement = db.Prepare("select ?1, ?2, ?3, 'text'");
        statement.Bind(1, long.MinValue).Bind(2, long.MaxValue).Bind(3, (long?)null);

        Assert.True(statement.Step());
        Assert.Equal(long.MinValue, statement.Number(0));
        Assert.Equal(long.MaxValue, statement.Number(1));
        Assert.Null(statement.NumberOrNull(2));
        Assert.False(statement.IsNull(3));
        Assert.False(statement.Step());
    }
}

using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows;

public sealed class SqlTests : IDisposable
{
    static readonly SqlText Columns = new("name, number");

    readonly TempFolder _folder = new();
    readonly SqliteDb _db;

    public SqlTests()
    {
        _db = SqliteDb.Open(_folder.File("some.db"));
        _db.Execute("create table some (name text, number integer) strict");
    }

    [Theory]
    [InlineData("x'); drop table some; --")]
    [InlineData("")]
    [InlineData(null)]
    public void What_stands_in_braces_is_a_value_and_no_text_of_the_statement(string? name)
    {
        Assert.Equal(1, _db.Run($"insert into some ({Columns}) values ({name}, {7})"));

        Assert.Equal(
            [(name, 7L)],
            _db.Read($"select {Columns} from some where name is {name}", row => (row.Text(0), row.Number(1))));
    }

    [Fact]
    public void A_moment_is_written_as_ledgers_have_it_and_a_truth_as_a_number()
    {
        var at = new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));

        _db.Run($"insert into some ({Columns}) values ({at}, {true})");

        Assert.Equal("2025-07-30T01:00:00.000Z", _db.FindText($"select name from some"));
        Assert.Equal(1, _db.FindNumber($"select number from some"));
    }

    [Fact]
    public void Several_values_stand_in_a_list()
    {
        _db.Run($"insert into some (name) values ('a'), ('b'), ('c')");
        string[] names = ["a", "c"];

        Assert.Equal(
            names, _db.Read($"select name from some where name in ({names}) order by name", row => row.Text(0)!));
    }

    [Fact]
    public void What_is_not_found_is_null()
    {
        Assert.Null(_db.FindText($"select name from some"));
        Assert.Null(_db.FindNumber($"select max(number) from some"));
        Assert.Null(_db.Find($"select name from some", row => row));
    }

    [Fact]
    public void Nothing_is_kept_of_what_throws()
    {
        Assert.Throws<InvalidOperationException>(() => _db.Transact(() =>
        {
            _db.Run($"insert into some (name) values ('a')");
            throw new InvalidOperationException();
        }));

        Assert.Equal(0, _db.FindNumber($"select count(*) from some"));
        _db.Transact(() => _db.Run($"insert into some (name) values ('b')"));
        Assert.Equal("b", _db.FindText($"select name from some"));
    }

    public void Dispose()
    {
        _db.Dispose();
        _folder.Dispose();
    }
}

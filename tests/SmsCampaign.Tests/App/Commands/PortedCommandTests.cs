using Microsoft.Data.Sqlite;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

public sealed class PortedCommandTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Where_nothing_was_ever_stored_it_says_so_and_leaves_nothing()
    {
        var (code, output) = await RunAsync("ported");

        Assert.Equal((0, "Chưa có nhà mạng nào báo số chuyển mạng giữ số."), (code, output.Trim()));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task It_counts_them_and_shows_no_number()
    {
        Learn();

        var (code, output) = await RunAsync("ported");

        Assert.Equal(0, code);
        Assert.Matches(@"vinaphone +viettel +2 +30/07/2025 09:30", output);
        Assert.Matches(@"viettel +vmg +1 +30/07/2025 09:3[01](:[0-9]{2})?", output);
        Assert.DoesNotContain("8498123", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_writes_them_in_full_for_a_person_as_a_list_of_ported_numbers()
    {
        Learn();
        var file = _folder.File("so.csv");

        var (code, output) = await RunAsync("ported", "--out", file, "--by", "Trần Thị B");

        Assert.Equal(0, code);
        Assert.Contains("Đã ghi 3 số đầy đủ vào", output, StringComparison.Ordinal);
        Assert.DoesNotContain("8498123", output, StringComparison.Ordinal);
        Assert.Equal("84911000001,viettel,vmg,2025-07-30T02:31:00Z", File.ReadAllLines(file)[1]);
        using var db = new SqliteConnection($"Data Source={new DataFolder(_folder.Path).Ledger};Pooling=False");
        db.Open();
        using var read = db.CreateCommand();
        read.CommandText = "select who || what from event";
        Assert.Equal("Trần Thị Bported-unmasked", read.ExecuteScalar());

        var problems = new List<Problem>();
        var prefixes = PrefixTable.Load(
            Repository.PathOf("config/prefixes.csv"), Repository.PathOf("config/carriers.csv"), problems);
        var list = PortedList.Load([file], new NumberReader(prefixes), prefixes.Names, problems);
        Assert.Empty(problems);
        Assert.Equal(prefixes.Names.IndexOf("vinaphone"), list.IndexOf(new PhoneNumber(84981234561)));
    }

    [Theory]
    [InlineData("phải có --by", "--out", "so.csv")]
    [InlineData("--by chỉ dùng cùng --out", "--by", "B")]
    [InlineData("đã có sẵn", "--out", "there.csv", "--by", "B")]
    [InlineData("thư mục chưa có", "--out", "nowhere/so.csv", "--by", "B")]
    public async Task With_a_problem_nothing_is_written(string said, params string[] arguments)
    {
        Learn();
        File.WriteAllText(_folder.File("there.csv"), "mine");

        var (code, output) = await RunAsync(["ported", .. arguments.Select(
            each => each.EndsWith(".csv", StringComparison.Ordinal) ? _folder.File(each) : each)]);

        Assert.Equal(2, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.File("there.csv")));
        Assert.False(File.Exists(_folder.File("so.csv")));
    }

    void Learn()
    {
        var data = new DataFolder(_folder.Path);
        _ = Ledgers.OpenRegistry(data);
        using var db = new SqliteConnection($"Data Source={data.Ledger};Pooling=False");
        db.Open();
        using var add = db.CreateCommand();
        add.CommandText = """
            insert into ported values
                (84981234561, 'vinaphone', 'viettel', '2025-07-30T02:30:00.000Z'),
                (84981234562, 'vinaphone', 'viettel', '2025-07-30T02:29:00.000Z'),
                (84911000001, 'viettel', 'vmg', '2025-07-30T02:31:00.000Z')
            """;
        add.ExecuteNonQuery();
    }

    async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", _folder.Path],
            new Terminal(output, output, Language.Vietnamese, outputIsTerminal: false),
            CancellationToken.None);
        return (code, output.ToString());
    }
}

using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.People;

/// <summary>Persons in PostgreSQL are asked as those in a file.</summary>
public sealed class PeopleDeskInPostgresTests() : PeopleDeskContract(new ConsoleCase(ConsoleCase.NewDatabase()));

/// <summary>What there is with PostgreSQL alone: several nodes, and a server that may be away.</summary>
public sealed class PeopleInPostgresTests : IAsyncDisposable
{
    readonly ConsoleCase _case;
    readonly ConsoleCase _other;

    public PeopleInPostgresTests()
    {
        var database = ConsoleCase.NewDatabase();
        (_case, _other) = (new ConsoleCase(database), new ConsoleCase(database));
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _case.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_signs_in_at_one_node_is_in_at_the_other_and_its_forms_are_taken_there()
    {
        await _case.StartAsync();
        await _other.StartAsync();
        var key = await _case.AddPersonAsync("an", "xem");
        using var browser = _case.Browse(); // a cookie is of a machine, whatever the port
        var form = await browser.GetStringAsync("/dang-nhap");

        var answer = await browser.PostAsync(
            new Uri(_other.Address, "/dang-nhap"),
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "sign-in",
                ["__RequestVerificationToken"] = WebUtility.HtmlDecode(
                    form.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0]),
                ["Given.Name"] = "an",
                ["Given.Password"] = ConsoleCase.Password,
                ["Given.Code"] = ConsoleCase.CodeOf(key),
            }));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        foreach (var node in (ConsoleCase[])[_other, _case])
            Assert.Contains(
                "Người dùng an", await browser.GetStringAsync(new Uri(node.Address, "/")), StringComparison.Ordinal);
        Assert.False(File.Exists(_case.Data.People));
        Assert.False(Directory.Exists(_case.Data.ConsoleKeys));
    }

    [Fact]
    public async Task What_was_sealed_before_a_new_start_is_opened_after_it()
    {
        var link = await SealAsync(_case.Data, keys => keys.Protect("lời mời"));

        Assert.Equal("lời mời", await SealAsync(_other.Data, keys => keys.Unprotect(link)));

        static async Task<string> SealAsync(DataFolder data, Func<IDataProtector, string> work)
        {
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton(data);
            services.AddSingleton(TimeProvider.System);
            PeopleStore.Add(services, data);
            await using var provider = services.BuildServiceProvider();
            await PeopleStore.OpenAsync(provider);
            return work(provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("thử"));
        }
    }

    [Fact]
    public async Task Installations_beside_each_other_in_a_database_have_persons_of_their_own()
    {
        await using var beside = new ConsoleCase(_case.Data.Postgres! with { Schema = "Tỉnh khác" });
        await _case.AddPersonAsync("an", "xem");
        await beside.AddPersonAsync("binh", "xem");

        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        await using var others = await PeopleAccess.OpenAsync(beside.Data, _case.Time);

        Assert.Equal("an", Assert.Single(await people.Desk.ReadAsync()).Person.UserName);
        Assert.Equal("binh", Assert.Single(await others.Desk.ReadAsync()).Person.UserName);
    }

    [Fact]
    public async Task Guesses_at_several_nodes_at_once_are_counted_each()
    {
        await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);

        // Another node is at the same name: of this one it is not known.
        await using var connection = await _case.Data.PeopleSchema!.Source.OpenConnectionAsync();
        await using var other = await connection.BeginTransactionAsync();
        await _case.Data.PeopleSchema.TakeTurnAsync(other, "name AN");
        var guess = Task.Run(() => people.Desk.CheckAsync("an", "một câu khác hẳn", "000000"));
        await WaitForAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted");

        Assert.False(guess.IsCompleted);
        await other.CommitAsync();
        Assert.Null(await guess);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_by_its_place_and_without_who_signs_in()
    {
        var address = new NpgsqlConnectionStringBuilder(_case.Data.Postgres!.Connection);
        (address.Port, address.Timeout) = (1, 2);
        var data = new DataFolder(_case.Data.Root) { Postgres = new PostgresAddress(address.ConnectionString) };

        var thrown = await Assert.ThrowsAsync<LedgerException>(() => PeopleAccess.OpenAsync(data, _case.Time));

        var words = StorageFaults.Describe(thrown, data)!.Value;
        Assert.Equal(StorageFault.Unreachable, StorageFaults.KindOf(thrown));
        Assert.Contains($"Không kết nối được tới PostgreSQL 127.0.0.1:1/", words.Vi, StringComparison.Ordinal);
        Assert.Contains("/sms_campaign_console cannot be reached", words.En, StringComparison.Ordinal);
        Assert.DoesNotContain(address.Password!, $"{words.Vi}{words.En}{thrown}", StringComparison.Ordinal);
        PostgresPlace.Of(data.Postgres).Dispose();
    }

    [Fact]
    public async Task A_server_that_goes_meanwhile_is_told_by_its_place()
    {
        await using var server = await PostgresServer.StartNewAsync(flushes: false);
        await using var kept = new ConsoleCase(new PostgresAddress(server.CreateDatabase()));
        await kept.StartAsync();
        using var browser = await kept.SignInAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(kept.Data, kept.Time);

        await server.StopAsync(immediate: true);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => people.Desk.FindAsync("an"));
        var answer = await browser.GetAsync("/");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        var named = PeopleStore.Name(thrown, kept.Data)!;
        Assert.Equal(StorageFault.Unreachable, StorageFaults.KindOf(named));
        Assert.Equal(kept.Data.PeopleName, named.File);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Không đọc hoặc ghi được cơ sở dữ liệu PostgreSQL", page, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", page, StringComparison.Ordinal);
        Assert.Contains(kept.Log.Lines, line => line.Text.Contains(kept.Data.PeopleName, StringComparison.Ordinal));

        await server.StartAsync();
        Assert.Contains("Người dùng an", await browser.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drop table {0}.\"Sessions\"", "thiếu bảng", "việc gửi không phụ thuộc")]
    [InlineData("alter role current_user set default_transaction_read_only to on", "chỉ cho đọc", "máy chủ chính")]
    public async Task What_is_wrong_with_the_tables_is_told(string wrong, string said, string wayOut)
    {
        await _case.AddPersonAsync("an", "xem");
        await RunAsync(string.Format(
            System.Globalization.CultureInfo.InvariantCulture, wrong, _case.Data.PeopleSchema!.Quoted));
        PostgresPlace.Of(_case.Data.Postgres!).Dispose(); // a session has what its role had as it began
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        var person = (await people.Desk.FindAsync("an"))!;

        var thrown = await Assert.ThrowsAnyAsync<Exception>(
            () => people.Sessions.BeginAsync(person, "trình duyệt", "127.0.0.1"));

        var words = StorageFaults.Describe(PeopleStore.Name(thrown, _case.Data)!, _case.Data)!.Value.Vi;
        Assert.Contains(_case.Data.PeopleName, words, StringComparison.Ordinal);
        Assert.Contains(said, words, StringComparison.Ordinal);
        Assert.Contains(wayOut, words, StringComparison.Ordinal);
        Assert.DoesNotContain("--data", words, StringComparison.Ordinal);
    }

    async Task WaitForAsync(string count)
    {
        using var patience = new CancellationTokenSource(Patience.ForAnything);
        while (await RunAsync(count) is not > 0L)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    async Task<object?> RunAsync(string sql)
    {
        await using var connection = await _case.Data.PeopleSchema!.Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}

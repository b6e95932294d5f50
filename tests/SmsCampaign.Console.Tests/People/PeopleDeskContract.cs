using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.People;

/// <summary>What is asked of who signs in, or changes what they sign in by, wherever persons are kept.</summary>
public abstract class PeopleDeskContract : IAsyncDisposable
{
    const string Longer = "con mèo trèo cây cau";

    readonly ConsoleCase _case;

    private protected PeopleDeskContract(ConsoleCase kept) => _case = kept;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _case.DisposeAsync();
    }

    /// <summary>Somebody looked over a shoulder: at this code, or at the one before.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 1)]
    [InlineData(1, -1)]
    public async Task A_code_that_is_not_later_than_the_last_that_was_taken_counts_no_more(int taken, int then)
    {
        var key = await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        var codes = Enumerable.Range(then, taken - then + 1).Select(step => ConsoleCase.CodeOf(key, step)).ToList();
        Assert.NotNull(await people.Desk.CheckAsync("an", ConsoleCase.Password, ConsoleCase.CodeOf(key, taken)));

        foreach (var code in codes.Take(PeopleStore.MostFailures - 1))
            Assert.Null(await people.Desk.CheckAsync("an", ConsoleCase.Password, code));
    }

    [Fact]
    public async Task A_new_authenticator_begins_anew()
    {
        var key = await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        Assert.NotNull(await people.Desk.CheckAsync("an", ConsoleCase.Password, ConsoleCase.CodeOf(key, 2)));
        var person = (await people.Desk.FindAsync("an"))!;

        var link = await people.Desk.InviteAsync(Who.Here("Quản trị"), person);
        var other = await people.Desk.ReadKeyAsync(person);
        var problems = await people.Desk.TakeUpAsync(
            person, Uri.UnescapeDataString(link.Split("&ma=")[1]), Longer, ConsoleCase.CodeOf(other));

        Assert.Empty(problems);
        Assert.Null(await people.Desk.CheckAsync("an", Longer, ConsoleCase.CodeOf(key, 2)));
        Assert.NotNull(await people.Desk.CheckAsync("an", Longer, ConsoleCase.CodeOf(other, 1)));
    }

    [Fact]
    public async Task Wrong_guesses_at_once_are_counted_each()
    {
        var key = await _case.AddPersonAsync("an", "xem");
        var guessers = new List<PeopleAccess>();
        for (var guess = 0; guess < PeopleStore.MostFailures; guess++)
            guessers.Add(await PeopleAccess.OpenAsync(_case.Data, _case.Time));

        var guesses = await Task.WhenAll(guessers.Select(
            people => Task.Run(() => people.Desk.CheckAsync("an", "một câu khác hẳn", "000000"))));
        foreach (var people in guessers)
            await people.DisposeAsync();

        Assert.All(guesses, Assert.Null);
        await using var after = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        Assert.Null(await after.Desk.CheckAsync("an", ConsoleCase.Password, ConsoleCase.CodeOf(key)));
    }

    /// <summary>Twelve characters of two.</summary>
    [Fact]
    public async Task A_password_of_few_characters_is_not_taken_nor_is_its_change_on_record_nor_the_code_used_up()
    {
        const string few = "abababababab";
        var key = await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        var person = (await people.Desk.FindAsync("an"))!;
        var code = ConsoleCase.CodeOf(key, 1);

        var refused = await ChangeAsync(few);
        var brief = await ChangeAsync("mười một ch");

        Assert.Contains("ít nhất 12 ký tự", Assert.Single(brief).Vi, StringComparison.Ordinal);
        Assert.Contains("cần ít nhất 5 ký tự khác nhau", Assert.Single(refused).Vi, StringComparison.Ordinal);
        Assert.Null(_case.Registry.FindLastEvent(["console-person"], "password of an"));
        Assert.Empty(await ChangeAsync(Longer));
        Assert.NotNull(_case.Registry.FindLastEvent(["console-person"], "password of an"));

        Task<IReadOnlyList<Wording>> ChangeAsync(string password) => people.Desk.ChangePasswordAsync(
            Who.OnTheWeb("An", "an", null), person, "", ConsoleCase.Password, code, password);
    }

    [Fact]
    public async Task All_that_is_wrong_with_taking_up_an_account_is_said_at_once_and_no_code_is_used_up()
    {
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        var who = Who.Here("Quản trị");
        Assert.Empty(await people.Desk.AddAsync(who, "an", "An", "", [new Grant(Right.See, null)]));
        var person = (await people.Desk.FindAsync("an"))!;
        var token = Uri.UnescapeDataString((await people.Desk.InviteAsync(who, person)).Split("&ma=")[1]);
        var code = ConsoleCase.CodeOf(await people.Desk.ReadKeyAsync(person), 1);

        var both = await people.Desk.TakeUpAsync(person, token, "abababababab", "12345");
        var easy = await people.Desk.TakeUpAsync(person, token, "abababababab", code);

        Assert.Equal(2, both.Count);
        Assert.Contains("ký tự khác nhau", Assert.Single(easy).Vi, StringComparison.Ordinal);
        Assert.Empty(await people.Desk.TakeUpAsync(person, token, Longer, code));
    }

    /// <summary>Of a clock that ran ahead for a moment when somebody signed in.</summary>
    [Theory]
    [InlineData(25, true)]
    [InlineData(20_000, true)]
    [InlineData(1, false)]
    [InlineData(15, false)]
    public async Task A_code_that_was_taken_far_ahead_keeps_nobody_out(int stepsAhead, bool enters)
    {
        var key = await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        var person = (await people.Desk.FindAsync("an"))!;
        person.LastCodeStep = Authenticator.FindStep(
            key, ConsoleCase.CodeOf(key), TimeProvider.System.GetUtcNow())!.Value + stepsAhead;
        await people.Desk.SetOsAccountAsync(Who.Here("Quản trị"), person, "an"); // saves the person

        Assert.Equal(
            enters, await people.Desk.CheckAsync("an", ConsoleCase.Password, ConsoleCase.CodeOf(key)) is not null);
    }

    [Fact]
    public async Task Several_that_make_the_list_at_once_make_one()
    {
        var openers = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => Task.Run(() => PeopleAccess.OpenAsync(_case.Data, _case.Time))));

        Assert.Empty(await openers[0].Desk.AddAsync(
            Who.Here("Quản trị"), "an", "Nguyễn An", "", [new Grant(Right.Approve, "dak-lak-2025")]));
        foreach (var people in openers)
        {
            var (person, grants) = Assert.Single(await people.Desk.ReadAsync());
            Assert.Equal(("an", "Nguyễn An"), (person.UserName, person.FullName));
            Assert.Equal(_case.Time.GetUtcNow(), person.AddedAt, TimeSpan.FromHours(1));
            Assert.Equal([new Grant(Right.Approve, "dak-lak-2025")], grants);
            await people.DisposeAsync();
        }
    }

    [Fact]
    public async Task Names_are_found_to_the_letter_and_listed_by_their_signs()
    {
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        string[] names = ["b-1", "b.2", "b1", "b_3", "a"];
        foreach (var name in names)
            Assert.Empty(await people.Desk.AddAsync(
                Who.Here("Quản trị"), name, "An", "", [new Grant(Right.See, null)]));

        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            (await people.Desk.ReadAsync()).Select(each => each.Person.UserName!));
        Assert.NotEmpty(await people.Desk.AddAsync(
            Who.Here("Quản trị"), "a", "An", "", [new Grant(Right.See, null)]));
        Assert.Null(await people.Desk.FindAsync("A "));
    }

    [Theory]
    [InlineData("an\0")]
    [InlineData("an\uD83D")]
    [InlineData("\uDE00an")]
    public async Task A_name_of_odd_signs_is_nobodys(string name)
    {
        await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);

        Assert.Null(await people.Desk.CheckAsync(name, ConsoleCase.Password, "000000"));
        Assert.Null(await people.Desk.FindVouchedAsync(name));
    }

    [Fact]
    public async Task A_session_lives_until_it_is_idle_or_ended()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds())); // moments are kept to the millisecond
        _case.Time = time;
        await _case.AddPersonAsync("an", "xem");
        await using var people = await PeopleAccess.OpenAsync(_case.Data, time);
        var person = (await people.Desk.FindAsync("an"))!;
        var ended = await people.Sessions.BeginAsync(person, "một trình duyệt \U0001F600", "127.0.0.1");
        var idle = await people.Sessions.BeginAsync(person, "trình duyệt khác", "127.0.0.1");

        await people.Sessions.EndOwnAsync(person.Id, ended.Handle);

        await using var after = await PeopleAccess.OpenAsync(_case.Data, time);
        Assert.False(await after.Sessions.LivesAsync(ended.Id, isAsked: true));
        Assert.True(await after.Sessions.LivesAsync(idle.Id, isAsked: true));
        Assert.Equal(Sessions.Idle, await after.Sessions.LeftAsync(idle.Id));
        Assert.Equal("trình duyệt khác", Assert.Single(await after.Sessions.ReadAsync(person.Id)).Browser);
        time.Advance(Sessions.Idle + TimeSpan.FromSeconds(1));
        Assert.False(await after.Sessions.LivesAsync(idle.Id, isAsked: true));
        Assert.Empty(await after.Sessions.ReadAsync(null));
    }

    [Fact]
    public async Task A_passkey_is_kept_with_how_often_it_was_used()
    {
        await _case.AddPersonAsync("an", "xem");
        await _case.StartAsync();
        byte[] id = [1, 2, 0, 255];
        foreach (var count in (uint[])[1, 7])
        {
            using var scope = _case.Web.Services.CreateScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            var person = (await users.FindByNameAsync("an"))!;
            var passkey = new UserPasskeyInfo(
                id, [3], TimeProvider.System.GetUtcNow(), count, ["internal"], true, false, false, [4], [5])
            {
                Name = "điện thoại",
            };
            Assert.True((await users.AddOrUpdatePasskeyAsync(person, passkey)).Succeeded);
        }

        using var after = _case.Web.Services.CreateScope();
        var found = after.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var owner = (await found.FindByPasskeyIdAsync(id))!;
        var kept = Assert.Single(await found.GetPasskeysAsync(owner));
        Assert.Equal(("an", 7u, "điện thoại"), (owner.UserName, kept.SignCount, kept.Name));
        Assert.Equal(["internal"], kept.Transports!);
    }

    [Fact]
    public async Task Of_two_administrators_who_leave_at_once_one_stays()
    {
        var who = Who.Here("Quản trị");
        await _case.AddPersonAsync("an", "quan-tri");
        await _case.AddPersonAsync("binh", "quan-tri");

        var left = await Task.WhenAll(LeaveAsync("an"), LeaveAsync("binh"));

        Assert.Single(left, problems => problems.Count == 0);
        await using var people = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
        Assert.Single(await people.Desk.ReadAsync(), each => each.Person.ClosedAt is null);

        Task<IReadOnlyList<Wording>> LeaveAsync(string name) => Task.Run(async () =>
        {
            await using var desk = await PeopleAccess.OpenAsync(_case.Data, _case.Time);
            return await desk.Desk.CloseAsync(who, (await desk.Desk.FindAsync(name))!, isClosed: true);
        });
    }
}

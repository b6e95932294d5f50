using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.People;

/// <summary>What is asked of who signs in, or changes what they sign in by.</summary>
public sealed class PeopleDeskTests : IAsyncDisposable
{
    const string Longer = "con mèo trèo cây cau";

    readonly ConsoleCase _case = new();

    public ValueTask DisposeAsync() => _case.DisposeAsync();

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

    /// <summary>By RFC 6238, appendix B, of which six digits are the last of its eight.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void A_code_is_of_its_step(long seconds, string code)
    {
        const string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // 12345678901234567890
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(seconds / 30, Authenticator.FindStep(secret, code, at));
        Assert.Equal(seconds / 30, Authenticator.FindStep(secret, $"{code[..3]} {code[3..]}", at.AddSeconds(60)));
        Assert.Null(Authenticator.FindStep(secret, code, at.AddSeconds(120)));
        Assert.Null(Authenticator.FindStep(secret, code[1..], at));
        Assert.Null(Authenticator.FindStep("", code, at));
    }
}

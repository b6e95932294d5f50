using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>A passkey of somebody, as a page shows it.</summary>
/// <param name="Handle">What a page calls it by.</param>
/// <param name="Name">As its owner calls it.</param>
public sealed record Passkey(string Handle, string Name, DateTimeOffset At);

/// <summary>What came of asking for a challenge by which a passkey is added.</summary>
public abstract record PasskeyAsked
{
    /// <param name="Options">For the browser (WebAuthn Level 3, PublicKeyCredentialCreationOptionsJSON).</param>
    /// <param name="Challenge">By what the browser names it.</param>
    public sealed record Given(string Options, string Challenge) : PasskeyAsked;

    public sealed record Refused(IReadOnlyList<Wording> Problems) : PasskeyAsked;
}

/// <summary>Passkeys: who has which, and who comes in by one. A device tells that it is its owner who uses it (user
/// verification), so that it stands for password and code when one signs in, and nowhere else.</summary>
sealed class PasskeyDesk(
    UserManager<Person> users,
    IPasskeyHandler<Person> handler,
    PeopleDesk people,
    Sessions sessions,
    PasskeyChallenges challenges,
    DataFolder data,
    TimeProvider time)
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 40;

    /// <summary>That one person has.</summary>
    public const int Most = 10;

    /// <summary>Asks whoever is at the browser to show a passkey.</summary>
    public async Task<PasskeyAsked.Given> AskAsync(HttpContext context)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, context);
        return new PasskeyAsked.Given(
            asked.RequestOptionsJson, challenges.Keep(asked.AssertionState ?? ""));
    }

    /// <summary>Whose passkey it is who has answered a challenge, where they may sign in.</summary>
    /// <param name="challenge">By what the browser names the one that it was asked.</param>
    /// <param name="credential">The answer, as JSON.</param>
    public async Task<Person?> FindAsync(HttpContext context, string challenge, string credential)
    {
        if (challenges.Take(challenge) is not { AddsTo: null } asked)
            return null;

        var answer = await handler.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = context,
            CredentialJson = credential,
            AssertionState = asked.State,
        });
        if (answer is not { Succeeded: true, User: { TwoFactorEnabled: true } person, Passkey: { } passkey }
            || !await people.MayEnterAsync(person))
            return null;

        // With how often it was used: a copy of it counts otherwise.
        return (await users.AddOrUpdatePasskeyAsync(person, passkey)).Succeeded ? person : null;
    }

    /// <summary>Asks the browser of somebody for a new passkey, where they show password and code once more.</summary>
    public async Task<PasskeyAsked> AskForNewAsync(
        HttpContext context, Person person, string name, string password, string code)
    {
        // A code is good once: what is wrong with the name is said before it is used up.
        var problems = await FindFaultsAsync(person, name.Trim());
        if (problems.Count > 0)
            return new PasskeyAsked.Refused(problems);

        if ((await people.CheckAsync(person.UserName!, password, code))?.Id != person.Id)
            return new PasskeyAsked.Refused(
                [Wrong(new Wording("CHƯA thêm passkey", "the passkey was NOT added"))]);

        var asked = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = person.Id, Name = person.UserName!, DisplayName = person.FullName }, context);
        return new PasskeyAsked.Given(
            asked.CreationOptionsJson,
            challenges.Keep(asked.AttestationState ?? "", person.Id, name.Trim(), person.SecurityStamp ?? ""));
    }

    /// <summary>Keeps what the browser has made.</summary>
    /// <returns>What speaks against it; empty where it is kept.</returns>
    public async Task<IReadOnlyList<Wording>> AddAsync(
        HttpContext context, Who who, Person person, string challenge, string credential)
    {
        if (challenges.Take(challenge) is not { AddsTo: { } owner, Name: var name } asked || owner != person.Id)
            return [NotAdded];

        var answer = await handler.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = context,
            CredentialJson = credential,
            AttestationState = asked.State,
        });
        if (answer is not { Succeeded: true, Passkey: { } made } || (await FindFaultsAsync(person, name)).Count > 0)
            return [NotAdded];

        // What was asked may be answered slowly: who was closed or given a link meanwhile adds nothing any more.
        await people.ReadAgainAsync(person);
        if (person.ClosedAt is not null || person.SecurityStamp != asked.Stamp)
            return [NotAdded];

        // On record before it is done, as what PeopleDesk does.
        Record(who, $"passkey of {person.UserName} added by its owner: {name}");
        var passkey = new UserPasskeyInfo(
            made.CredentialId,
            made.PublicKey,
            time.GetUtcNow(),
            made.SignCount,
            made.Transports,
            made.IsUserVerified,
            made.IsBackupEligible,
            made.IsBackedUp,
            made.AttestationObject,
            made.ClientDataJson)
        {
            Name = name,
        };
        // It is kept before the person's own row is: where that is changed at this moment it is there all the same.
        if ((await users.AddOrUpdatePasskeyAsync(person, passkey)).Succeeded
            || await HasAsync(person, made.CredentialId))
            return [];

        Record(who, $"passkey of {person.UserName} NOT added after all: {name}");
        return [NotAdded];
    }

    /// <summary>Those of somebody, the oldest first.</summary>
    public async Task<IReadOnlyList<Passkey>> ReadAsync(Person person) =>
    [
        .. (await users.GetPasskeysAsync(person))
            .Select(each => new Passkey(HandleOf(each), each.Name ?? "", each.CreatedAt))
            .OrderBy(each => each.At),
    ];

    /// <summary>Takes one of somebody's own away; every other session of theirs ends.</summary>
    /// <param name="session">Their own, which goes on.</param>
    /// <returns>What speaks against it; empty where it is done.</returns>
    public async Task<IReadOnlyList<Wording>> RemoveAsync(
        Who who, Person person, string session, string handle, string password, string code)
    {
        if ((await users.GetPasskeysAsync(person)).FirstOrDefault(each => HandleOf(each) == handle) is not { } passkey)
            return [new Wording("Hãy chọn passkey cần bỏ.", "Choose the passkey to take away.")];
        if ((await people.CheckAsync(person.UserName!, password, code))?.Id != person.Id)
            return [Wrong(new Wording("CHƯA bỏ passkey", "the passkey was NOT taken away"))];

        Record(who, $"passkey of {person.UserName} removed by its owner: {passkey.Name}");
        if (!(await users.RemovePasskeyAsync(person, passkey.CredentialId)).Succeeded
            && await HasAsync(person, passkey.CredentialId))
        {
            Record(who, $"passkey of {person.UserName} NOT removed after all: {passkey.Name}");
            return [new Wording(
                "CHƯA bỏ được: tài khoản vừa bị thay đổi ở nơi khác. Hãy tải lại trang rồi làm lại.",
                "NOT taken away: the account was changed elsewhere at this moment. Load the page again, then try "
                    + "again.")];
        }

        await sessions.EndAllAsync(person.Id, but: session);
        return [];
    }

    static readonly Wording NotAdded = new(
        "CHƯA thêm passkey: quá 5 phút, đã dùng, hoặc thiết bị không xác nhận được chủ máy. Hãy làm lại từ đầu.",
        "The passkey was NOT added: more than 5 minutes have passed, it was used before, or the device did not verify "
            + "its owner. Begin again.");

    static Wording Wrong(Wording undone) => new(
        $"Sai mật khẩu hoặc mã xác thực; {undone}. Mỗi mã dùng một lần: chờ mã mới.",
        $"The password or the code is wrong; {undone}. Each code is good once: wait for the next.");

    /// <summary>What is on the device keeps its id to itself.</summary>
    static string HandleOf(UserPasskeyInfo passkey) =>
        Convert.ToHexStringLower(SHA256.HashData(passkey.CredentialId))[..16];

    async Task<IReadOnlyList<Wording>> FindFaultsAsync(Person person, string name)
    {
        var there = await users.GetPasskeysAsync(person);
        var problems = new List<Wording>();
        if (name.Length is 0 or > LongestName || UnseenText.FindAnyIn(name) is not null)
            problems.Add(new Wording(
                $"Cần đặt tên cho passkey, như “điện thoại”, tối đa {LongestName} ký tự.",
                $"A name of the passkey is needed, such as “phone”, at most {LongestName} characters."));
        else if (there.Any(each => each.Name == name))
            problems.Add(new Wording($"Đã có passkey tên “{name}”.", $"There is a passkey “{name}” already."));
        if (there.Count >= Most)
            problems.Add(new Wording(
                $"Đã có {Most} passkey; hãy bỏ bớt một.", $"There are {Most} passkeys; take one away first."));
        return problems;
    }

    async Task<bool> HasAsync(Person person, byte[] credential) =>
        (await users.GetPasskeysAsync(person)).Any(each => each.CredentialId.AsSpan().SequenceEqual(credential));

    void Record(Who who, string what) =>
        Ledgers.OpenRegistry(data).RecordEvent(who, PeopleDesk.Event, what, time.GetUtcNow());
}

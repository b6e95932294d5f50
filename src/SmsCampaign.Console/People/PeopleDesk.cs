using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>What came of signing in.</summary>
public enum SignInOutcome
{
    In,

    /// <summary>Name, password or code is wrong, or nobody may sign in under the name now. Which is not said.</summary>
    Refused,
}

/// <summary>Who may sign in and do what. Every change is recorded in the audit chain by who made it.</summary>
public sealed class PeopleDesk(
    UserManager<Person> users, PeopleDb db, Sessions sessions, DataFolder data, TimeProvider time)
{
    /// <summary>Kind of the events. Stored: never rename.</summary>
    internal const string Event = "console-person";

    /// <summary>Steps (ten minutes) by which the last one that was taken may lie ahead; what lies beyond is of a clock
    /// that ran ahead, or of a version that kept the digits beside the step, and keeps nobody out.</summary>
    const long MostAhead = 20;

    const int LongestName = 40;

    static readonly PasswordHasher<Person> Hasher = new(Microsoft.Extensions.Options.Options.Create(
        new PasswordHasherOptions { IterationCount = PeopleStore.HashRounds }));

    static readonly Wording TooEasy = new(
        $"Mật khẩu quá dễ đoán: cần ít nhất {PeopleStore.FewestCharacters} ký tự khác nhau.",
        $"The password is too easy to guess: at least {PeopleStore.FewestCharacters} different characters are needed.");

    static readonly Wording NotChanged = new(
        "CHƯA đổi được: tài khoản vừa bị thay đổi ở nơi khác. Hãy tải lại trang rồi đổi lại.",
        "NOT changed: the account was changed elsewhere at this moment. Load the page again, then try again.");

    static readonly Wording NoRole = new("Cần ghi ít nhất một vai trò.", "At least one role is needed.");

    /// <summary>Verified where there is no such person, so that both take as long.</summary>
    static readonly string NoPassword = Hasher.HashPassword(new Person(), "không ai có mật khẩu này");

    /// <returns>What speaks against it; empty where the person is there now.</returns>
    public async Task<IReadOnlyList<Wording>> AddAsync(
        Who who, string name, string fullName, string osAccount, IReadOnlyList<Grant> grants)
    {
        var problems = new List<Wording>();
        if (string.IsNullOrWhiteSpace(fullName))
            problems.Add(new Wording("Cần ghi họ tên, chức vụ.", "Name and office are needed."));
        if (grants.Count == 0)
            problems.Add(NoRole);
        if (name.Length is 0 or > LongestName
            || name.Any(letter => !users.Options.User.AllowedUserNameCharacters.Contains(letter)))
            problems.Add(new Wording(
                $"Tên đăng nhập '{name}' cần gồm chữ thường không dấu, chữ số, dấu chấm, gạch; tối đa {LongestName} ký "
                    + $"tự.",
                $"The sign-in name '{name}' must be of lower-case letters, digits, dots and hyphens, at most "
                    + $"{LongestName}."));
        else if (await users.FindByNameAsync(name) is not null)
            problems.Add(new Wording($"Đã có người dùng '{name}'.", $"There is a user '{name}' already."));
        if (problems.Count > 0)
            return problems;

        // On record before it is done: cut off in between, more is said than was done, never less.
        Record(who, $"add {name}: {string.Join(", ", grants.Select(grant => grant.ToText()))}");
        var person = new Person
        {
            UserName = name,
            FullName = fullName.Trim(),
            OsAccount = osAccount.Trim(),
            AddedAt = time.GetUtcNow(),
            AddedBy = who.Person,
        };
        var made = await users.CreateAsync(person);
        if (!made.Succeeded)
            return [.. made.Errors.Select(error => new Wording($"{error.Description}", $"{error.Description}"))];

        await users.AddClaimsAsync(person, grants.Select(grant => new Claim(Grant.Claim, grant.ToText())));
        return [];
    }

    public async Task<IReadOnlyList<(Person Person, IReadOnlyList<Grant> Grants)>> ReadAsync()
    {
        var claims = await db.UserClaims.AsNoTracking()
            .Where(claim => claim.ClaimType == Grant.Claim)
            .ToListAsync();
        var people = await users.Users.AsNoTracking().OrderBy(person => person.UserName).ToListAsync();
        return [.. people.Select(person => (person, (IReadOnlyList<Grant>)[.. claims
            .Where(claim => claim.UserId == person.Id)
            .Select(claim => Grant.Read(claim.ClaimValue ?? ""))
            .OfType<Grant>()]))];
    }

    public Task<Person?> FindAsync(string name) => users.FindByNameAsync(name);

    public Task<Person?> FindByIdAsync(string id) => users.FindByIdAsync(id);

    /// <summary>A link by which a person sets a password and an authenticator, once, within
    /// <see cref="PeopleStore.LinkLives"/>. Whoever was signed in under the name is not any more.</summary>
    /// <returns>Path and query.</returns>
    public async Task<string> InviteAsync(Who who, Person person)
    {
        Record(who, $"link for {person.UserName}");
        await RemovePasskeysAsync(person); // the device may be what was lost
        await users.UpdateSecurityStampAsync(person); // a link that was given before is good no more
        person.LastCodeStep = 0; // of the secret that was
        await users.ResetAuthenticatorKeyAsync(person);
        await sessions.EndAllAsync(person.Id);
        var token = await users.GeneratePasswordResetTokenAsync(person);
        return $"/loi-moi?ten={Uri.EscapeDataString(person.UserName!)}&ma={Uri.EscapeDataString(token)}";
    }

    async Task RemovePasskeysAsync(Person person)
    {
        foreach (var passkey in await users.GetPasskeysAsync(person))
            await users.RemovePasskeyAsync(person, passkey.CredentialId);
    }

    /// <summary>As the file has the person by now.</summary>
    internal Task ReadAgainAsync(Person person) => db.Entry(person).ReloadAsync();

    /// <summary>Whether a link is good.</summary>
    public async Task<Person?> FindInvitedAsync(string name, string token) =>
        await users.FindByNameAsync(name) is { ClosedAt: null } person
        && await users.VerifyUserTokenAsync(
            person,
            users.Options.Tokens.PasswordResetTokenProvider,
            UserManager<Person>.ResetPasswordTokenPurpose,
            token)
            ? person
            : null;

    /// <summary>The secret that an authenticator is given, in base 32.</summary>
    public async Task<string> ReadKeyAsync(Person person) => await users.GetAuthenticatorKeyAsync(person) ?? "";

    /// <summary>Sets password and authenticator by a link, which is good no more then.</summary>
    /// <returns>What speaks against it; empty where they may sign in now.</returns>
    public async Task<IReadOnlyList<Wording>> TakeUpAsync(Person person, string token, string password, string code)
    {
        // A code is good once: it is not used up where something else is wrong.
        var problems = FindEasy(password, person);
        if (await FindStepAsync(person, code) is null || (problems.Count == 0 && !await TakesCodeAsync(person, code)))
            problems.Add(new Wording(
                "Mã xác thực chưa đúng. Xem lại mã 6 số trong ứng dụng; đồng hồ điện thoại phải đúng giờ.",
                "The code is not right. Look at the 6 digits in the application; the phone's clock must be right."));
        if (problems.Count > 0)
            return problems;

        var reset = await users.ResetPasswordAsync(person, token, password);
        if (!reset.Succeeded)
        {
            return
            [
                reset.Errors.Any(IsOfPassword) ? TooEasy
                    : new Wording(
                        "Liên kết đã dùng hoặc đã hết hạn. Hãy xin quản trị một liên kết mới.",
                        "The link was used, or is over. Ask an administrator for another."),
            ];
        }

        await RemovePasskeysAsync(person); // none is of before the link
        await users.SetTwoFactorEnabledAsync(person, true);
        await users.ResetAccessFailedCountAsync(person);
        await users.SetLockoutEndDateAsync(person, null);
        return [];
    }

    /// <summary>Sets another password for who knows the one that is, and has the authenticator. Every other session of
    /// theirs ends.</summary>
    /// <param name="session">Their own, which goes on.</param>
    /// <returns>What speaks against it; empty where it is done.</returns>
    public async Task<IReadOnlyList<Wording>> ChangePasswordAsync(
        Who who, Person person, string session, string old, string code, string password)
    {
        // A code is good once: what is wrong with the new password is said before it is used up.
        var problems = FindEasy(password, person);
        if (password == old)
            problems.Add(new Wording(
                "Mật khẩu mới phải khác mật khẩu hiện nay.", "The new password must be another than the one that is."));
        if (problems.Count > 0)
            return problems;

        if ((await CheckAsync(person.UserName!, old, code))?.Id != person.Id)
            return [new Wording(
                "Sai mật khẩu hiện nay hoặc mã xác thực; CHƯA đổi. Mỗi mã dùng một lần: chờ mã mới.",
                "The present password or the code is wrong; NOT changed. Each code is good once: wait for the next.")];

        Record(who, $"password of {person.UserName} changed by its owner");
        var changed = await users.ChangePasswordAsync(person, old, password);
        if (!changed.Succeeded)
        {
            // What is on record already was not done.
            var why = string.Join(", ", changed.Errors.Select(error => error.Code));
            Record(who, $"password of {person.UserName} NOT changed after all: {why}");
            return [changed.Errors.Any(IsOfPassword) ? TooEasy : NotChanged];
        }

        await sessions.EndAllAsync(person.Id, but: session);
        return [];
    }

    /// <summary>Whether name, password and code are a person's who may sign in. Says nothing of which is
    /// wrong.</summary>
    public Task<Person?> CheckAsync(string name, string password, string code) =>
        Turns.OfNameAsync(db, name, () => CheckInTurnAsync(name, password, code));

    async Task<Person?> CheckInTurnAsync(string name, string password, string code)
    {
        if (await users.FindByNameAsync(name) is not { } person)
        {
            Hasher.VerifyHashedPassword(new Person(), NoPassword, password);
            return null;
        }

        await db.Entry(person).ReloadAsync(); // this very request may have read it before its turn
        if (person.ClosedAt is not null || !person.TwoFactorEnabled || await users.IsLockedOutAsync(person))
        {
            Hasher.VerifyHashedPassword(person, NoPassword, password);
            return null;
        }

        if (!await users.CheckPasswordAsync(person, password) || !await TakesCodeAsync(person, code))
        {
            await users.AccessFailedAsync(person);
            return null;
        }

        await users.ResetAccessFailedCountAsync(person);
        return person;
    }

    /// <summary>Whether somebody may sign in now who has shown what nobody guesses. That a name is locked out is
    /// against guesses at its password: whoever makes them shuts no other door.</summary>
    public async Task<bool> MayEnterAsync(Person person)
    {
        await db.Entry(person).ReloadAsync();
        return person.ClosedAt is null;
    }

    /// <summary>Who has a sign-in name that the identity provider vouches for, where they may sign in. Whether they
    /// have taken up a password of ours is not asked.</summary>
    /// <param name="name">To the letter: what a provider tells apart is never one person here.</param>
    public async Task<Person?> FindVouchedAsync(string name) =>
        await users.FindByNameAsync(name) is { } person && person.UserName == name && await MayEnterAsync(person)
            ? person
            : null;

    /// <summary>Takes the right to sign in, or gives it back.</summary>
    /// <returns>What speaks against it; empty where it is done.</returns>
    public Task<IReadOnlyList<Wording>> CloseAsync(Who who, Person person, bool isClosed) =>
        Turns.OfAdministratorsAsync(db, () => CloseInTurnAsync(who, person, isClosed));

    async Task<IReadOnlyList<Wording>> CloseInTurnAsync(Who who, Person person, bool isClosed)
    {
        if (isClosed && await IsLastAdministratorAsync(person))
            return [LastAdministrator(person)];

        Record(who, $"{(isClosed ? "close" : "open")} {person.UserName}");
        person.ClosedAt = isClosed ? time.GetUtcNow() : null;
        await users.UpdateAsync(person);
        await users.UpdateSecurityStampAsync(person);
        await sessions.EndAllAsync(person.Id);
        return [];
    }

    /// <summary>Signs a person out everywhere; they may sign in again.</summary>
    public async Task EndSessionsAsync(Who who, Person person)
    {
        Record(who, $"end sessions of {person.UserName}");
        await sessions.EndAllAsync(person.Id);
    }

    /// <summary>Says which account of the operating system is theirs; they sign in again.</summary>
    /// <param name="account">Empty: none.</param>
    public async Task SetOsAccountAsync(Who who, Person person, string account)
    {
        Record(who, $"os account of {person.UserName}: {account}");
        person.OsAccount = account.Trim();
        await users.UpdateAsync(person);
        await sessions.EndAllAsync(person.Id);
    }

    /// <summary>Sets what a person may do; they sign in again.</summary>
    /// <returns>What speaks against it; empty where it is done.</returns>
    public Task<IReadOnlyList<Wording>> GrantAsync(Who who, Person person, IReadOnlyList<Grant> grants) =>
        Turns.OfAdministratorsAsync(db, () => GrantInTurnAsync(who, person, grants));

    async Task<IReadOnlyList<Wording>> GrantInTurnAsync(Who who, Person person, IReadOnlyList<Grant> grants)
    {
        if (grants.Count == 0)
            return [NoRole];
        if (!grants.Any(IsAdministrator) && await IsLastAdministratorAsync(person))
            return [LastAdministrator(person)];

        Record(who, $"grant {person.UserName}: {string.Join(", ", grants.Select(grant => grant.ToText()))}");
        var old = (await users.GetClaimsAsync(person)).Where(claim => claim.Type == Grant.Claim);
        await users.RemoveClaimsAsync(person, old);
        await users.AddClaimsAsync(person, grants.Select(grant => new Claim(Grant.Claim, grant.ToText())));
        await sessions.EndAllAsync(person.Id);
        return [];
    }

    public async Task<IReadOnlyList<Grant>> ReadGrantsAsync(Person person) =>
    [
        .. (await users.GetClaimsAsync(person))
            .Where(claim => claim.Type == Grant.Claim)
            .Select(claim => Grant.Read(claim.Value))
            .OfType<Grant>(),
    ];

    /// <summary>What speaks against a new password of somebody.</summary>
    static List<Wording> FindEasy(string password, Person person)
    {
        var problems = new List<Wording>();
        if (password.Length < PeopleStore.ShortestPassword)
            problems.Add(new Wording(
                $"Mật khẩu cần ít nhất {PeopleStore.ShortestPassword} ký tự, như một câu dễ nhớ.",
                $"A password needs at least {PeopleStore.ShortestPassword} characters, such as a sentence."));
        else if (password.Distinct().Count() < PeopleStore.FewestCharacters)
            problems.Add(TooEasy);
        else if (EasyPassword.Is(password, person.UserName!))
            problems.Add(new Wording(
                "Mật khẩu quá dễ đoán: bỏ tên đăng nhập, các từ và dãy số ai cũng thử trước thì gần như không còn gì. "
                    + "Hãy đặt một câu dễ nhớ.",
                "The password is too easy to guess: without the sign-in name, and the words and rows of digits that "
                    + "everybody tries first, hardly anything is left. Take a sentence."));
        return problems;
    }

    /// <summary>Whether Identity takes a new password for too easy.</summary>
    static bool IsOfPassword(IdentityError error) =>
        error.Code.StartsWith("Password", StringComparison.Ordinal)
        && error.Code != nameof(IdentityErrorDescriber.PasswordMismatch);

    static Wording LastAdministrator(Person person) => new(
        $"'{person.UserName}' là tài khoản quản trị cuối cùng đăng nhập được. Hãy để người khác nhận vai trò quản trị "
            + $"trước.",
        $"'{person.UserName}' is the last administrator who may sign in. Let another take up that role first.");

    static bool IsAdministrator(Grant grant) => grant is { Right: Right.Administer, Campaign: null };

    /// <summary>Whether an administrator is the only one who may sign in: one who has not taken up the account cannot
    /// yet.</summary>
    async Task<bool> IsLastAdministratorAsync(Person person)
    {
        var administrators = (await ReadAsync())
            .Where(each => each.Person.ClosedAt is null && each.Grants.Any(IsAdministrator))
            .Select(each => each.Person)
            .ToList();
        return administrators.Exists(each => each.Id == person.Id)
            && !administrators.Exists(each => each.Id != person.Id && each.TwoFactorEnabled);
    }

    /// <summary>Whether a code of the authenticator is right and later than the last that was taken: none counts
    /// twice, nor does one that was seen on a phone before (RFC 6238, 5.2).</summary>
    async Task<bool> TakesCodeAsync(Person person, string code)
    {
        if (await FindStepAsync(person, code) is not { } step)
            return false;

        person.LastCodeStep = step;
        return (await users.UpdateAsync(person)).Succeeded;
    }

    /// <summary>The step that a code is of, where it may be taken; null where not.</summary>
    async Task<long?> FindStepAsync(Person person, string code) =>
        // By the clock of the machine, as phones go by the world's: a demonstration's is put to another day.
        Authenticator.FindStep(await ReadKeyAsync(person), code, TimeProvider.System.GetUtcNow()) is { } step
        && (step > person.LastCodeStep || person.LastCodeStep - step > MostAhead)
            ? step
            : null;

    void Record(Who who, string what) =>
        Ledgers.OpenRegistry(data).RecordEvent(who, Event, what, time.GetUtcNow());
}

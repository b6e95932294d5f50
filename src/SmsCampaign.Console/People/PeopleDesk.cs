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

    /// <summary>Length of a step of an authenticator's codes (RFC 6238, 5.2).</summary>
    static readonly TimeSpan CodeStep = TimeSpan.FromSeconds(30);

    /// <summary>Steps on each side that Identity takes for a phone's clock that is off (Rfc6238AuthenticationService).
    /// </summary>
    const int CodeDrift = 2;

    const int LongestName = 40;

    static readonly PasswordHasher<Person> Hasher = new();

    static readonly Wording NoRole = new("Cần ghi ít nhất một vai trò.", "At least one role is needed.");

    /// <summary>Two who look at the same moment must not each take the other for the one that stays.</summary>
    static readonly SemaphoreSlim One = new(1);

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
        await sessions.EndAllAsync(person.Id);
        await users.UpdateSecurityStampAsync(person); // a link that was given before is good no more
        await users.ResetAuthenticatorKeyAsync(person);
        var token = await users.GeneratePasswordResetTokenAsync(person);
        return $"/loi-moi?ten={Uri.EscapeDataString(person.UserName!)}&ma={Uri.EscapeDataString(token)}";
    }

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
        var problems = new List<Wording>();
        if (password.Length < PeopleStore.ShortestPassword)
            problems.Add(new Wording(
                $"Mật khẩu cần ít nhất {PeopleStore.ShortestPassword} ký tự, như một câu dễ nhớ.",
                $"A password needs at least {PeopleStore.ShortestPassword} characters, such as a sentence."));
        if (!await TakesCodeAsync(person, code))
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
                reset.Errors.Any(error => error.Code.StartsWith("Password", StringComparison.Ordinal))
                    ? new Wording(
                        "Mật khẩu quá dễ đoán: cần ít nhất 5 ký tự khác nhau.",
                        "The password is too easy to guess: at least 5 different characters are needed.")
                    : new Wording(
                        "Liên kết đã dùng hoặc đã hết hạn. Hãy xin quản trị một liên kết mới.",
                        "The link was used, or is over. Ask an administrator for another."),
            ];
        }

        await users.SetTwoFactorEnabledAsync(person, true);
        await users.ResetAccessFailedCountAsync(person);
        await users.SetLockoutEndDateAsync(person, null);
        return [];
    }

    /// <summary>Whether name, password and code are a person's who may sign in. Says nothing of which is
    /// wrong.</summary>
    public async Task<Person?> CheckAsync(string name, string password, string code)
    {
        if (await users.FindByNameAsync(name) is not { } person)
        {
            Hasher.VerifyHashedPassword(new Person(), NoPassword, password);
            return null;
        }

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

    /// <summary>Takes the right to sign in, or gives it back.</summary>
    /// <returns>What speaks against it; empty where it is done.</returns>
    public async Task<IReadOnlyList<Wording>> CloseAsync(Who who, Person person, bool isClosed)
    {
        using var alone = await AloneAsync();
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
    public async Task<IReadOnlyList<Wording>> GrantAsync(Who who, Person person, IReadOnlyList<Grant> grants)
    {
        if (grants.Count == 0)
            return [NoRole];

        using var alone = await AloneAsync();
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

    static async Task<IDisposable> AloneAsync()
    {
        await One.WaitAsync();
        return new Turn();
    }

    /// <summary>Whether a code of the authenticator is right and was not taken before.</summary>
    async Task<bool> TakesCodeAsync(Person person, string code)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (digits.Length != 6
            || !await users.VerifyTwoFactorTokenAsync(
                person, users.Options.Tokens.AuthenticatorTokenProvider, digits))
            return false;

        // Which of the steps it is of is not told by Identity; each code is taken once for as long as it is good.
        var step = time.GetUtcNow().ToUnixTimeSeconds() / (long)CodeStep.TotalSeconds;
        var mark = step * 1_000_000 + int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        if (person.LastCodeStep % 1_000_000 == mark % 1_000_000
            && step - person.LastCodeStep / 1_000_000 <= 2 * CodeDrift + 1)
            return false;

        person.LastCodeStep = mark;
        return (await users.UpdateAsync(person)).Succeeded;
    }

    void Record(Who who, string what) =>
        Ledgers.OpenRegistry(data).RecordEvent(who, Event, what, time.GetUtcNow());

    sealed class Turn : IDisposable
    {
        public void Dispose() => One.Release();
    }
}

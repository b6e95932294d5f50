using System.Globalization;

namespace SmsCampaign;

/// <summary>
/// The account of the operating system that a command was run by, to stand beside the name that a person gave. Who may
/// set the environment of the command can set <c>SUDO_USER</c> too: it tells who said so, it proves nothing.
/// </summary>
public static class OsUser
{
    /// <summary>As of <see cref="Who.ByOs"/>.</summary>
    public static string Current => Describe("").ByOs;

    /// <param name="person">The name that was given.</param>
    internal static Who Describe(string person) => Describe(
        person,
        Environment.UserName,
        Environment.MachineName,
        Environment.GetEnvironmentVariable("SUDO_USER"),
        Environment.GetEnvironmentVariable("SUDO_UID"),
        "/etc/passwd");

    /// <param name="sudoUid">Is looked up in <paramref name="accounts"/> where there is no
    /// <paramref name="sudoUser"/>.</param>
    internal static string Describe(string user, string host, string? sudoUser, string? sudoUid, string accounts) =>
        Describe("", user, host, sudoUser, sudoUid, accounts).ByOs;

    static Who Describe(string person, string user, string host, string? sudoUser, string? sudoUid, string accounts)
    {
        var behind = !string.IsNullOrEmpty(sudoUser) ? sudoUser
            : !string.IsNullOrEmpty(sudoUid) ? NameOf(sudoUid, accounts)
            : null;
        return new Who(person, Plain(user), Plain(host)) { Behind = behind is null ? null : Plain(behind) };
    }

    /// <summary>The account of a number.</summary>
    internal static string NameOf(uint uid) =>
        Plain(NameOf(uid.ToString(CultureInfo.InvariantCulture), "/etc/passwd"));

    static string NameOf(string uid, string accounts)
    {
        try
        {
            return File.ReadLines(accounts)
                .Select(line => line.Split(':'))
                .FirstOrDefault(parts => parts.Length > 2 && parts[2] == uid)?[0]
                ?? $"uid {uid}";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"uid {uid}";
        }
    }

    /// <summary>What a variable holds is anybody's: no line ends, no marks that turn writing round, 64
    /// characters at most.</summary>
    static string Plain(string text) => new([.. text
        .Where(letter => char.GetUnicodeCategory(letter) is not
            (UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator))
        .Take(64)]);
}

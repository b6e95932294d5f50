using System.Text;
using SmsCampaign.WebConsole.Parts;

namespace SmsCampaign.WebConsole.People;

/// <summary>Tells a password that is long and guessed all the same: little of it is left once what everybody would try
/// first is taken away, whatever stands between.</summary>
static class EasyPassword
{
    /// <summary>Characters that must be left (as many as NIST SP 800-63B-4, 3.1.1.2 asks for with a second factor).
    /// </summary>
    const int Left = 8;

    /// <summary>Digits that are a row, as 123, 987 or 000.</summary>
    const int Row = 3;

    /// <summary>What people put between words; it counts for nothing.</summary>
    const string Separators = " -_.,;:/\\|+";

    /// <summary>In small letters without marks and separators, longer ones before those that they hold.</summary>
    static readonly string[] Words =
    [
        "smscampaign", "campaign", "chiendich", "chinhphu", "quantri", "pheduyet", "vanhanh", "khoahoccongnghe",
        "skhcn", "matkhau", "password", "passw0rd", "dangnhap", "vietnam", "administrator", "admin", "letmein",
        "welcome", "iloveyou", "anhyeuem", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "1q2w3e4r", "qazwsx",
        "abcdefgh", "abcdef", "abc123",
    ];

    /// <summary>By which digits of a row go on: the same, up, down.</summary>
    static readonly int[] Steps = [0, 1, 9];

    /// <param name="name">The sign-in name.</param>
    public static bool Is(string password, string name)
    {
        var left = Joined(password);
        foreach (var word in Words.Prepend(Joined(name)).Where(word => word.Length > 2))
            left = left.Replace(word, "", StringComparison.Ordinal);
        return WithoutRows(left).EnumerateRunes().Count() < Left;
    }

    static string Joined(string text) =>
        string.Concat(Folded.Of(text).Where(letter => !Separators.Contains(letter, StringComparison.Ordinal)));

    /// <summary>Without digits that go up, down or on by the same step, 0 after 9.</summary>
    static string WithoutRows(string text)
    {
        var left = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = Steps.Max(step => LengthOfRow(text, at, step));
            if (length < Row)
                left.Append(text[at++]);
            else
                at += length;
        }

        return left.ToString();
    }

    /// <param name="step">By how much each digit is more than the one before, 0 after 9.</param>
    static int LengthOfRow(string text, int from, int step)
    {
        if (!char.IsAsciiDigit(text[from]))
            return 0;

        var end = from + 1;
        while (end < text.Length && text[end] == '0' + (text[end - 1] - '0' + step) % 10)
            end++;
        return end - from;
    }
}

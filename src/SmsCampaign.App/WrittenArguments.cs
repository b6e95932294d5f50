namespace SmsCampaign.App;

/// <summary>
/// Refuses arguments with characters that are not seen: names, documents and reasons are kept and shown again, and a
/// line break or ESC in one would show a line, or an approval, that nobody wrote.
/// </summary>
static class WrittenArguments
{
    /// <summary>Options whose words are kept as a person's: two names that look the same must be the same.</summary>
    static readonly string[] OfPersons = ["--by", "--document", "--reason"];

    /// <returns>Each argument with one of them, by the option before it.</returns>
    public static IEnumerable<Problem> Check(IReadOnlyList<string> args)
    {
        for (var at = 0; at < args.Count; at++)
        {
            if ((IsOfPersons(args, at)
                ? UnseenText.FindAnyIn(args[at])
                : UnseenText.FindIn(args[at])) is not var (index, name))
                continue;

            var what = NameOf(args, at);
            yield return new Problem(null, new Wording(
                $"{what} có ký tự không nhìn thấy {name} ở vị trí {index + 1} (dấu xuống dòng, ký tự điều khiển, "
                    + $"dấu đổi hướng chữ hoặc dấu không có bề rộng), thường do chép từ nơi khác. "
                    + $"Hãy gõ lại bằng bàn phím, trên một dòng.",
                $"{what} has a character that is not seen, {name}, at position {index + 1} (a line break, a control "
                    + $"character, a mark that turns the direction of writing or one without width), often copied "
                    + $"along. Type it again, on one line."));
        }
    }

    static bool IsOfPersons(IReadOnlyList<string> args, int at) =>
        OfPersons.Contains(args[at].Split('=', ':')[0]) || (at > 0 && OfPersons.Contains(args[at - 1]));

    static Wording NameOf(IReadOnlyList<string> args, int at)
    {
        var own = args[at].Split('=', ':')[0];
        if (own.StartsWith("--", StringComparison.Ordinal) && UnseenText.FindIn(own) is null)
            return new Wording($"Giá trị của {own}", $"The value of {own}");

        return at > 0
            && args[at - 1].StartsWith("--", StringComparison.Ordinal)
            && UnseenText.FindIn(args[at - 1]) is null
            ? new Wording($"Giá trị của {args[at - 1]}", $"The value of {args[at - 1]}")
            : new Wording($"Tham số '{UnseenText.Show(args[at])}'", $"The argument '{UnseenText.Show(args[at])}'");
    }
}

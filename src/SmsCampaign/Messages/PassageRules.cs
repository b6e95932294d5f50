using System.Text.RegularExpressions;
using SmsCampaign.Orthography;

namespace SmsCampaign.Messages;

/// <summary>What is wrong with a word, or with a text as a whole.</summary>
/// <param name="Spans">Where, in UTF-16 units of the composed text; at least one. Their characters need no
/// words of their own.</param>
sealed record PassageFinding(IReadOnlyList<(int Start, int Length)> Spans, Wording What, Severity Severity);

/// <summary>
/// The rules that need more than one character: text in an encoding from before Unicode, and words that cannot be.
/// </summary>
static partial class PassageRules
{
    /// <summary>Most characters of a repaired text shown.</summary>
    const int MostShown = 700;

    /// <summary>Most words listed in one sentence.</summary>
    const int MostWords = 5;

    /// <param name="composed">NFC.</param>
    /// <param name="letters">Of its language; null where there is no table of them.</param>
    /// <param name="plain">Whether nearly all letters are without diacritics.</param>
    public static IEnumerable<PassageFinding> Judge(string composed, LanguageLetters? letters, bool plain)
    {
        if (JudgeEncoding(composed, letters) is { } whole)
            return [whole];

        var breaks = JudgeBreaks(composed);
        if (letters is null)
            return breaks;

        return breaks.Concat(letters.HasSyllables ? JudgeWords(composed, plain) : JudgeVietnamese(composed, letters));
    }

    /// <summary>A sentence that goes on in the next line: so it stands on a page, and a phone
    /// would show it so.</summary>
    static IEnumerable<PassageFinding> JudgeBreaks(string text)
    {
        var breaks = Break().Matches(text);
        if (breaks.Count == 0)
            yield break;

        var (before, after) = (breaks[0].Groups["before"].Value, breaks[0].Groups["after"].Value);
        var more = breaks.Count > 1
            ? new Wording(
                $" và {breaks.Count - 1} chỗ nữa", $" and at {Figures.Counted(breaks.Count - 1, "more place")}")
            : new Wording("", "");
        yield return new PassageFinding(
            [.. breaks.Select(each => (each.Groups["break"].Index, each.Groups["break"].Length))],
            new Wording(
                $"Tin xuống dòng giữa câu, giữa “{before}” và “{after}”{more}; máy điện thoại cũng hiện "
                    + $"xuống dòng ở đó. Thường do chép từ Word hoặc PDF: hãy nối các dòng lại, bỏ dòng "
                    + $"trống, trừ khi muốn xuống dòng thật.",
                $"The message breaks the line within a sentence, between '{before}' and '{after}'{more}; "
                    + $"a phone shows it so. Often copied along from Word or a PDF: join the lines and take out empty "
                    + $"ones, unless it is meant."),
            Severity.Warning);
    }

    static PassageFinding? JudgeEncoding(string text, LanguageLetters? letters)
    {
        if (Mojibake.Find(text) is { Count: > 0 } runs)
            return new PassageFinding(
                [.. runs.Select(run => (run.Start, run.Length))], Twice(Mojibake.Repair(text)), Severity.Error);

        if (letters is { HasSyllables: true } && OldEncodingDetector.Detect(text) is { } old)
            return new PassageFinding(
                [(old.Start, text.Length - old.Start)], Old(old.Encoding, old.Repaired), Severity.Error);

        if (letters is { HasHighlandFonts: true } && HighlandFont.Detect(text) is var (repaired, start))
            return new PassageFinding([(start, text.Length - start)], OfHighlands(repaired), Severity.Error);

        return null;
    }

    static IEnumerable<PassageFinding> JudgeWords(string text, bool plain)
    {
        var told = new HashSet<string>();
        foreach (var word in OldEncodingDetector.Words(text).Where(word => !IsTechnical(text, word)))
        {
            if (IsSuspect(word.Value) && OldEncodingDetector.DetectWord(word.Value) is var (encoding, repaired))
                yield return new PassageFinding([(word.Index, word.Length)], Old(encoding, repaired), Severity.Error);
        }

        foreach (Match word in Word().Matches(text))
        {
            var isStrange = word.Value.All(char.IsAscii)
                ? !plain
                    && word.Length > 2
                    && VietnameseSyllable.LacksTone(word.Value)
                    && HasAccentedNeighbour(text, word)
                : word.Value.EnumerateRunes().All(VietnameseLetters.Contains)
                    && !VietnameseSyllable.IsPossible(word.Value);
            if (isStrange && IsJudged(text, word) && told.Add(word.Value))
                yield return new PassageFinding([(word.Index, word.Length)], Strange(word.Value), Severity.Warning);
        }
    }

    /// <summary>Words in Vietnamese letters within a text of another language: names and borrowed words
    /// may be meant so.</summary>
    static IEnumerable<PassageFinding> JudgeVietnamese(string text, LanguageLetters letters)
    {
        var words = Word().Matches(text)
            .Where(word => char.IsLower(word.Value[0])
                && word.Value
                    .EnumerateRunes()
                    .Any(letter => !letters.Contains(letter) && VietnameseLetters.Contains(letter)))
            .DistinctBy(word => word.Value)
            .ToList();
        if (words.Count == 0)
            yield break;

        var shown = string.Join(", ", words.Take(MostWords).Select(word => $"“{word.Value}”"))
            + (words.Count > MostWords ? ", …" : "");
        yield return new PassageFinding(
            [(words[0].Index, 1)],
            new Wording(
                $"{shown}: có chữ của tiếng Việt, không có trong chữ viết {letters.Name}. "
                    + $"Nếu không phải tên riêng hoặc từ mượn, hãy gõ lại.",
                $"{shown}: letters of Vietnamese that {letters.Name} is not written with. "
                    + $"Unless it is a name or a borrowed word, type it again."),
            Severity.Warning);
    }

    // A letter of no Vietnamese word, a sign within the word, or a capital with a mark after a small letter (ngýõÌi).
    static bool IsSuspect(string word) =>
        word.EnumerateRunes().Any(letter => !VietnameseLetters.Contains(letter) && letter.Value is not ('«' or '»'))
            || SignWithin().IsMatch(word) || CapitalWithin().IsMatch(word);

    static bool IsJudged(string text, Match word)
    {
        var value = word.Value;
        return !value.Any(char.IsUpper) && value.Composed().Any(IsVowel) && !KnownWords.Contains(value)
            && !Touches(text, word.Index - 1) && !Touches(text, word.Index + word.Length) && !IsTechnical(text, word);
    }

    static bool IsVowel(char letter) =>
        VietnameseLetters.Divide(letter) is var (vowel, _) && VietnameseLetters.IsVowel(vowel);

    // Digits, the apostrophe of a name and the hyphen of a borrowed word.
    static bool Touches(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsDigit(text[at]) || text[at] is '\'' or '’' or '-' or '‑' or '_');

    /// <summary>Whether it stands in an address of the web or of mail.</summary>
    static bool IsTechnical(string text, Match word)
    {
        var (start, end) = (word.Index, word.Index + word.Length);
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return Address().IsMatch(text[start..end]);
    }

    // English has words that look like syllables without their tone, and no letters with marks beside them.
    static bool HasAccentedNeighbour(string text, Match word)
    {
        var before = Word().Matches(text).LastOrDefault(other => other.Index < word.Index)?.Value ?? "";
        var after = Word().Match(text, word.Index + word.Length) is { Success: true } next ? next.Value : "";
        return (before + after).Any(letter => !char.IsAscii(letter));
    }

    static Wording Old(OldEncoding encoding, string? repaired) => repaired is null
        ? new Wording(
            $"Chữ gõ bằng bảng mã {encoding.Name}, dán vào đây thành ký tự khác: máy điện thoại sẽ hiện sai. "
                + $"Hãy chuyển mã sang Unicode dựng sẵn (UniKey: Ctrl+Shift+F6) rồi dán lại.",
            $"Typed in {encoding.Name} and pasted as other characters: phones would show it so. "
                + $"Convert it to composed Unicode (UniKey: Ctrl+Shift+F6) and paste it again.")
        : new Wording(
            $"Chữ gõ bằng bảng mã {encoding.Name}, dán vào đây thành ký tự khác: máy điện thoại sẽ hiện sai. "
                + $"Có lẽ là: “{Shown(repaired)}”. Hãy đối chiếu rồi chép vào, hoặc chuyển mã sang Unicode dựng "
                + $"sẵn (UniKey: Ctrl+Shift+F6).",
            $"Typed in {encoding.Name} and pasted as other characters: phones would show it so. "
                + $"Probably: '{Shown(repaired)}'. Compare and copy it, or convert it to composed "
                + $"Unicode (UniKey: Ctrl+Shift+F6).");

    static Wording Twice(string? repaired) => repaired is null
        ? new Wording(
            "Chữ UTF-8 từng bị đọc thành Windows-1252 ('ư' thành 'Æ°') và đã mất một phần khi chép. "
                + "Hãy lấy lại bản gốc hoặc gõ lại.",
            "UTF-8 that was once read as Windows-1252 ('ư' has become 'Æ°'), and part of it was lost in copying. "
                + "Go back to the original or type it again.")
        : new Wording(
            $"Chữ UTF-8 từng bị đọc thành Windows-1252 ('ư' thành 'Æ°'). Có lẽ là: “{Shown(repaired)}”. "
                + $"Hãy đối chiếu rồi chép vào.",
            $"UTF-8 that was once read as Windows-1252 ('ư' has become 'Æ°'). Probably: "
                + $"'{Shown(repaired)}'. Compare and copy it.");

    static Wording OfHighlands(string repaired) => new(
        $"Chữ gõ bằng phông Tây Nguyên cũ, các dấu [ {{ ] ^ ` \\ # thay cho ƀ Ƀ č ĭ ñ và dấu trăng. Có lẽ là: "
            + $"“{Shown(repaired)}”. Hãy đối chiếu rồi chép vào.",
        $"Typed for an old font of Tây Nguyên, whose [ {{ ] ^ ` \\ # stand for ƀ Ƀ č ĭ ñ and the breve. Probably: "
            + $"'{Shown(repaired)}'. Compare and copy it.");

    static Wording Strange(string word)
    {
        var meant = VietnameseSyllable.Meant(word) is { } instead && instead != word
            ? new Wording($"; có phải là “{instead}”?", $"; is '{instead}' meant?")
            : new Wording(".", ".");
        return new Wording(
            $"“{word}” không thể là một tiếng trong tiếng Việt{meant} Hãy xem lại chính tả.",
            $"'{word}' cannot be a word of Vietnamese{meant} Check the spelling.");
    }

    static string Shown(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    [GeneratedRegex(
        @"(?<before>[\p{L}\p{M}\p{N}]+,?)(?<break>[ \t]*\r?\n\s*)(?<after>\p{Ll}[\p{L}\p{M}\p{N}]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Break();

    [GeneratedRegex(@"[\p{L}\p{M}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{L}[\u00A1-\u00BF×÷]+\p{L}|^[®«¨©ª¬][\p{L}\u00A1-\u00FF]{2,}")]
    private static partial Regex SignWithin();

    [GeneratedRegex(@"\p{Ll}[\u00C0-\u00DE]\p{Ll}*")]
    private static partial Regex CapitalWithin();

    [GeneratedRegex(@"://|@|^www\.|[A-Za-z0-9]\.[A-Za-z]{2,}(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}

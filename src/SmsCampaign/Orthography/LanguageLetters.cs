using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Orthography;

/// <summary>
/// The letters a language of Vietnam is written in: what else stands in a message of it is a
/// slip. a to z belong to all.
/// </summary>
sealed partial record LanguageLetters
{
    const string HighlandVowels = "ăâđêôơưƀĕĭŏŭ";

    // Combining breve: ê̆ ô̆ ơ̆ ư̆ are not composed in Unicode.
    const string BreveOver = "êôơư";

    // By language tag (mattcg/language-subtag-registry). Letters from: Ê Đê tiengtaynguyen.blogspot 2018-01 and
    // ededic.thaiphong.net; Gia Rai googlefonts/lang; Mnông isonshare.blogspot; Ba Na, Xơ Đăng and Cơ Ho texts of
    // vov4.vov.vn, as there is no official list; Tày and Nùng "Bộ chữ Tày Nùng 1961"; Mông "Chữ Hmông Việt" of 1961
    // (hmn) and RPA (mww, hnj), which has ASCII only; Mường QĐ 2295/QĐ-UBND Hòa Bình.
    static readonly FrozenDictionary<string, LanguageLetters> Known = new Dictionary<string, LanguageLetters>
    {
        ["vi"] = new() { Name = new("tiếng Việt", "Vietnamese"), HasVietnamese = true, HasSyllables = true },
        ["tyz"] = new() { Name = new("tiếng Tày", "Tay"), HasVietnamese = true },
        ["nut"] = new() { Name = new("tiếng Nùng", "Nung"), HasVietnamese = true },
        ["mtq"] = new() { Name = new("tiếng Mường", "Muong"), HasVietnamese = true },
        ["rad"] = Highland("tiếng Ê Đê", "Rade", HighlandVowels + "čñ"),
        ["jra"] = Highland("tiếng Gia Rai", "Jarai", HighlandVowels + "čñ"),
        ["cmo"] = Highland("tiếng Mnông", "Mnong", HighlandVowels),
        ["mng"] = Highland("tiếng Mnông", "Mnong", HighlandVowels),
        ["mnn"] = Highland("tiếng Mnông", "Mnong", HighlandVowels),
        ["bdq"] = Highland("tiếng Ba Na", "Bahnar", HighlandVowels),
        ["sed"] = Highland("tiếng Xơ Đăng", "Sedang", HighlandVowels + Toned("aăâeêioôơuưy")),
        ["kpm"] = Highland("tiếng Cơ Ho", "Koho", "ăâđêôơưƀñĭŏŭ" + Toned("aăâeêioôơuưy")),
        ["hmn"] = new() { Name = new("tiếng Mông", "Hmong"), Letters = Set("đêôơưâ") },
        ["mww"] = new() { Name = new("tiếng Mông", "Hmong"), Letters = Set("") },
        ["hnj"] = new() { Name = new("tiếng Mông", "Hmong"), Letters = Set("") },
        ["km"] = new() { Name = new("tiếng Khmer", "Khmer"), Block = (0x1780, 0x17FF), DividesWordsUnseen = true },
        ["blt"] = new() { Name = new("tiếng Thái", "Tai Dam"), HasVietnamese = true, Block = (0xAA80, 0xAADF) },
        ["en"] = new() { Name = new("tiếng Anh", "English"), Letters = Set("") },
        ["cjm-cham"] = new() { Name = new("tiếng Chăm", "Cham"), Block = (0xAA00, 0xAA5F) },
    }.ToFrozenDictionary();

    // Languages of the country of which no list of letters was found.
    static readonly FrozenDictionary<string, Wording> WithoutTable = new Dictionary<string, Wording>
    {
        ["cma"] = new("tiếng Mạ", "Maa"),
        ["cje"] = new("tiếng Chu Ru", "Chru"),
        ["cjm"] = new("tiếng Chăm viết bằng chữ La-tinh", "Cham in Latin letters"),
        ["twh"] = new("tiếng Thái trắng", "Tai Don"),
    }.ToFrozenDictionary();

    public static readonly LanguageLetters Vietnamese = Known["vi"];

    /// <summary>Of names of communes: Vietnamese, and whatever the peoples of the country write them with.</summary>
    public static readonly LanguageLetters OfNames = Vietnamese with
    {
        Name = new("tiếng Việt hay tiếng dân tộc nào", "Vietnamese or any language of a people of the country"),
        Letters = [.. Known.Values.SelectMany(language => language.Letters)],
        Breves = BreveOver,
        HasSyllables = false,
    };

    /// <summary>Tags of the languages that have a table, Vietnamese first.</summary>
    public static IReadOnlyList<string> Tags { get; } =
        [.. Known.Keys.OrderBy(tag => tag != "vi").ThenBy(tag => tag, StringComparer.Ordinal)];

    /// <summary>"tiếng Việt".</summary>
    public required Wording Name { get; init; }

    /// <summary>Whether all letters of Vietnamese belong to it.</summary>
    public bool HasVietnamese { get; init; }

    /// <summary>Small letters beyond ASCII, composed, that are none of <see cref="HasVietnamese"/>.</summary>
    public FrozenSet<char> Letters { get; init; } = [];

    /// <summary>Small letters that take a breve which Unicode does not compose with them.</summary>
    public string Breves { get; init; } = "";

    /// <summary>First and last code point of a script of its own; nothing for most.</summary>
    public (int First, int Last) Block { get; init; }

    /// <summary>Whether U+200B stands between its words.</summary>
    public bool DividesWordsUnseen { get; init; }

    /// <summary>Whether its words are those that <see cref="VietnameseSyllable"/> describes.</summary>
    public bool HasSyllables { get; init; }

    /// <summary>Whether its text was typed in fonts that put ƀ and ĭ on signs of ASCII.</summary>
    public bool HasHighlandFonts => Breves.Length > 0 && !HasVietnamese;

    /// <summary>Whether it has the shape of BCP 47 (RFC 5646, 2.1) as far as a message needs it: language, then script,
    /// region or variant.</summary>
    public static bool IsTag(string written) => Tag().IsMatch(written);

    /// <returns>What to say of a language without a table; null where there is one.</returns>
    public static Wording? WhatIsUnchecked(string tag)
    {
        if (Of(tag) is not null)
            return null;

        var name = WithoutTable.TryGetValue(tag.ToLowerInvariant().Split('-')[0], out var known)
            ? known
            : new Wording($"ngôn ngữ '{tag}'", $"the language '{tag}'");
        return new Wording(
            $"Chưa có bảng chữ cái của {name}: chỉ kiểm tra ký tự hỏng, ký tự lạ và độ dài, không kiểm tra chữ cái và "
                + $"chính tả. Hãy nhờ người biết tiếng đọc lại trước khi trình phê duyệt.",
            $"There is no table of the letters of {name}: only broken and odd characters and the length "
                + $"are checked, neither letters nor spelling. Have the text read by somebody who knows "
                + $"the language before it is submitted.");
    }

    /// <param name="tag">BCP 47, in any case.</param>
    /// <returns>Null where the language has no table: all that can be said of its letters is
    /// what is said of any.</returns>
    public static LanguageLetters? Of(string tag)
    {
        var subtags = tag.ToLowerInvariant().Split('-');
        return subtags.Length > 1 && Known.TryGetValue($"{subtags[0]}-{subtags[1]}", out var ofScript)
            ? ofScript
            : Known.GetValueOrDefault(subtags[0]);
    }

    /// <summary>Whether it can stand in an alphabet that a file declares: one letter, or <c>vi</c> for all of
    /// Vietnamese.</summary>
    public static bool CanDeclare(string letter) => letter == "vi" || SingleLetter().IsMatch(letter.Composed());

    /// <summary>The alphabet that a file declares, with a to z.</summary>
    /// <param name="letters">Each as of <see cref="CanDeclare"/>.</param>
    public static LanguageLetters Declare(IReadOnlyList<string> letters)
    {
        var small = letters.Where(letter => letter != "vi").Select(letter => letter.Composed().ToLowerInvariant());
        return new LanguageLetters
        {
            Name = new("bảng chữ cái khai ở 'letters'", "the alphabet declared in 'letters'"),
            HasVietnamese = letters.Contains("vi"),
            Letters = [.. small.Select(letter => letter[0])],
            Breves = string.Concat(small.Where(letter => letter.Length == 2).Select(letter => letter[0])),
        };
    }

    /// <param name="letter">Composed.</param>
    public bool Contains(Rune letter) =>
        letter.IsAscii || IsOfBlock(letter) || letter.Value == 0xB5 // the micro of units
            || (HasVietnamese && VietnameseLetters.Contains(letter))
            || (letter.IsBmp && Letters.Contains(char.ToLowerInvariant((char)letter.Value)));

    /// <summary>Whether a mark that is not composed with its letter belongs there.</summary>
    /// <param name="base">The letter before it, composed.</param>
    public bool Takes(Rune mark, Rune? @base) => IsOfBlock(mark)
        || (mark.Value == 0x0306
            && @base is { IsBmp: true } letter
            && Breves.Contains(char.ToLowerInvariant((char)letter.Value)));

    /// <returns>The letter that was probably meant by one that is not in the table; null where
    /// that must be asked.</returns>
    public string? MeantBy(Rune letter)
    {
        if (letter.Value is 0x01A2 or 0x01A3)
            return letter.Value == 0x01A3 ? "ư" : "Ư";

        if (letter.Value is 0x02BC or 0x02B9 or 0x02BB or 0x02C8)
            return "'";

        var apart = letter.ToString().Normalize(NormalizationForm.FormD);
        if (apart is [var vowel, .., '\u030C']
            && $"{apart[..^1]}\u0306".Composed() is [var breve]
            && Contains(new Rune(breve)))
            return vowel is 'c' or 'C' ? null : breve.ToString();

        var plain = letter.ToString().Normalize(NormalizationForm.FormKC);
        return letter.Value is 0xAA or 0xBA ? (letter.Value == 0xBA ? "°" : null)
            : letter.Value == 0x0131 ? "i"
            : plain != letter.ToString() && plain.EnumerateRunes().All(Contains) ? plain : null;
    }

    bool IsOfBlock(Rune character) => character.Value >= Block.First && character.Value <= Block.Last && Block.Last > 0;

    static LanguageLetters Highland(Vietnamese vi, English en, string letters) =>
        new() { Name = new(vi, en), Letters = Set(letters), Breves = BreveOver };

    static string Toned(string vowels) => string.Concat(vowels.SelectMany(vowel =>
        new[] { VietnameseLetters.With(vowel, Tone.Grave), VietnameseLetters.With(vowel, Tone.Acute) }));

    static FrozenSet<char> Set(string letters) => letters.Composed().ToFrozenSet();

    // With a breve that Unicode does not compose with it, or without.
    [GeneratedRegex("^\\p{L}\u0306?$")]
    private static partial Regex SingleLetter();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex Tag();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Orthography;

namespace SmsCampaign.Directives;

/// <summary>Tells a text whose letters a broken font, or an encoding from before Unicode, has spoilt: nothing is taken
/// from it.</summary>
static partial class BrokenLetters
{
    /// <summary>Broken words among a hundred from which on the whole text is not to be trusted.</summary>
    const int MostPercent = 1;

    /// <returns>Why nothing is taken from it; null where its letters are sound.</returns>
    public static Wording? Refuse(DirectiveText text)
    {
        var words = text.Lines
            .SelectMany(line => Word().Matches(line.Text), (line, word) => (word.Value, line.Place))
            .ToList();
        var broken = words.Where(word => IsBroken(word.Value)).ToList();
        if (broken.Count * 100 > words.Count * MostPercent)
        {
            var shown = string.Join(", ", broken.Select(word => word.Value).Distinct().Take(3));
            return new Wording(
                $"Chữ tiếng Việt trong văn bản đã hỏng ở {broken.Count} từ (từ {broken[0].Place}: {shown}…), thường do "
                    + $"chép từ tệp PDF có phông chữ lỗi. Chưa lấy gì từ văn bản này. Hãy xin tệp Word của cơ quan ban "
                    + $"hành, hoặc gõ lại các đoạn cần dùng.",
                $"The Vietnamese letters of this text are broken in {Figures.Counted(broken.Count, "word")} (from "
                    + $"{broken[0].Place} on: {shown}…), as when it is copied from a PDF with a faulty font. Nothing "
                    + $"is taken from it. Ask who issued it for the Word file, or type the passages again.");
        }

        var whole = string.Join(' ', words.Select(word => word.Value).Distinct());
        if (OldEncodingDetector.Detect(whole) is { } old)
            return new Wording(
                $"Văn bản còn ở bảng mã cũ {old.Encoding.Name}. Chưa lấy gì từ văn bản này. Hãy chuyển sang Unicode "
                    + $"(UniKey: Ctrl+Shift+F6) rồi chạy lại.",
                $"The text is still in the old encoding {old.Encoding.Name}. Nothing is taken from it. Convert it to "
                    + $"Unicode (UniKey: Ctrl+Shift+F6) and run this again.");

        return Ascii.IsValid(whole) || !Mojibake.IsAll(whole)
            ? null
            : new Wording(
                "Chữ tiếng Việt trong văn bản đã hỏng: tệp UTF-8 từng được mở bằng bảng mã khác rồi lưu lại ('ư' thành "
                    + "'Æ°'). Chưa lấy gì từ văn bản này. Hãy lấy lại bản gốc.",
                "The Vietnamese letters of this text are broken: it was UTF-8, was opened in another encoding and "
                    + "saved again ('ư' has become 'Æ°'). Nothing is taken from it. Go back to the original.");
    }

    /// <summary>Whether what was found has letters that nobody wrote.</summary>
    public static bool AreIn(string text) => Word().Matches(text).Any(word => IsBroken(word.Value));

    static bool IsBroken(string word) => word.EnumerateRunes().Any(rune =>
        rune.Value == 0xFFFD
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune.Value is >= 0x0370 and <= 0x052F); // Greek and Cyrillic

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();
}

using System.Globalization;
using System.Text;
using SmsCampaign.Orthography;

namespace SmsCampaign.Messages;

/// <summary>What is wrong with a character by itself, or nothing.</summary>
/// <param name="What">What it is and what to do; where it stands is said by <see cref="TextCheck"/>.</param>
sealed record CharacterFinding(Wording What, Severity Severity = Severity.Error);

/// <summary>What the rules for a single character must know of the text it stands in.</summary>
/// <param name="Latin">Whether the text has Latin letters.</param>
/// <param name="Plain">Whether nearly all of its letters are without diacritics, and it is sent so.</param>
/// <param name="Letters">Of its language; null where there is no table of them.</param>
readonly record struct TextNature(bool Latin, bool Plain, LanguageLetters? Letters);

/// <summary>The rules a single character must keep.</summary>
static class CharacterRules
{
    // Viettel's document refuses &; VNPT answers -1 to the five specials of XML; Intercom refuses # and &;
    // others % @ [ ] { } \ (config/gateways/SOURCES.md, Text). An adapter escapes what its protocol needs; a
    // filter at the carrier it cannot help.
    const string RefusedBySome = "&<>\"'#%@[]{}\\";

    /// <summary>Half a surrogate pair.</summary>
    public static readonly CharacterFinding HalfPair = new(new(
        "nửa một ký tự, thiếu nửa kia. Hãy gõ lại từ này.",
        "half a character, the other half is missing. Type this word again."));

    static readonly CharacterFinding Replacement = new(new(
        "ký tự thay thế: chữ gốc đã mất khi chép. Hãy gõ lại từ này.",
        "a replacement character: the letter was lost in copying. Type this word again."));

    static readonly CharacterFinding NoCharacter = new(new(
        "mã này không phải ký tự nào, thường do chép từ tệp PDF lỗi phông. Hãy gõ lại từ này.",
        "this code is no character, usually from a PDF with a broken font. Type this word again."));

    static readonly CharacterFinding PrivateUse = new(new(
        "ký tự riêng của một phông chữ, máy điện thoại không hiện được; thường do chép từ tệp PDF. Hãy gõ lại từ này.",
        "a character private to some font, which phones cannot show; usually from a PDF. Type this word again."));

    static readonly CharacterFinding Unassigned = new(new(
        "mã chưa gán cho ký tự nào. Hãy gõ lại từ này.",
        "a code not assigned to any character. Type this word again."));

    static readonly CharacterFinding ZeroWidth = new(new(
        "ký tự không nhìn thấy, không có bề rộng. Hãy xóa đi, hoặc gõ lại từ này.",
        "an invisible character of no width. Delete it, or type this word again."));

    static readonly CharacterFinding Invisible = new(new(
        "dấu định dạng không nhìn thấy (như dấu đổi hướng chữ). Hãy xóa đi, hoặc gõ lại từ này.",
        "an invisible formatting mark (such as one for the direction of writing). "
            + "Delete it, or type this word again."));

    static readonly CharacterFinding Control = new(new(
        "ký tự điều khiển, không phải chữ. Hãy xóa đi.", "a control character, not text. Delete it."));

    static readonly CharacterFinding LineSeparator = new(new(
        "dấu ngắt dòng của phần mềm soạn thảo. Hãy xóa đi và xuống dòng bằng phím Enter.",
        "a word processor's line separator. Delete it and break the line with Enter."));

    static readonly CharacterFinding Tab = Warning(
        "dấu tab: máy điện thoại hiện khác nhau và cả tin thành Unicode. Hãy thay bằng dấu cách.",
        "a tab: phones differ in showing it and it makes the whole text Unicode. Put a space.");

    static readonly CharacterFinding CarriageReturn = Warning(
        "ký tự CR (xuống dòng kiểu Windows), tính thêm một ký tự. Hãy lưu tệp với xuống dòng kiểu LF.",
        "a CR (line break of Windows), counted as one more character. Save the file with LF line breaks.");

    static readonly CharacterFinding OddSpace = Warning(
        "dấu cách đặc biệt (không ngắt dòng hoặc hẹp). Hãy thay bằng dấu cách thường.",
        "a special space (non-breaking or narrow). Put an ordinary space.");

    static readonly CharacterFinding StrayMark = Warning(
        "dấu rời không ghép được vào chữ đứng trước, máy có thể hiện tách ra. Hãy gõ lại từ này.",
        "a loose mark that does not join the letter before it; phones may show it apart. Type this word again.");

    static readonly CharacterFinding LoneMark = new(new(
        "dấu thanh hoặc dấu mũ đứng rời, không thuộc chữ nào. Hãy gõ lại từ này; nếu là dấu nháy, gõ '.",
        "a tone or hat that stands apart from any letter. Type this word again; for an apostrophe type '."));

    static readonly CharacterFinding StrangeMark = new(new(
        "dấu rời không ghép được vào chữ đứng trước. Hãy gõ lại từ này bằng bộ gõ tiếng Việt.",
        "a loose mark that does not join the letter before it. Type this word again on a Vietnamese keyboard."));

    static readonly CharacterFinding Symbol = Warning(
        "biểu tượng: nhiều máy không hiện được, cả tin thành Unicode, và có thể tính hai ký tự. Nên bỏ.",
        "a symbol: many phones cannot show it, it makes the whole text Unicode, and it may "
            + "count twice. Better left out.");

    static readonly CharacterFinding Refused = Warning(
        "một số cổng nhắn tin của nhà mạng từ chối ký tự này. Nên viết bằng chữ.",
        "some carriers' gateways refuse this character. Better written in words.");

    public static readonly CharacterFinding ForcesUnicode = Warning(
        "một ký tự này làm cả tin gần như không dấu thành Unicode: 70 ký tự một phần thay vì 160. "
            + "Hãy thay bằng ký tự không dấu.",
        "this one character makes an otherwise plain text Unicode: 70 characters a part "
            + "instead of 160. Put a plain one.");

    /// <param name="before">The character before it; null at the beginning.</param>
    public static CharacterFinding? Judge(Rune character, TextNature nature, Rune? before) => character.Value switch
    {
        0xFFFD => Replacement,
        (>= 0xFDD0 and <= 0xFDEF) => NoCharacter,
        var code when (code & 0xFFFE) == 0xFFFE => NoCharacter, // the last two of every plane
        0x200B when nature.Letters is { DividesWordsUnseen: true } => null,
        (>= 0x200B and <= 0x200D) or 0x2060 or 0xFEFF => ZeroWidth,
        '\t' => Tab,
        '\n' => null,
        '\r' => CarriageReturn,
        _ => JudgeByCategory(character, nature, before),
    };

    static CharacterFinding? JudgeByCategory(Rune character, TextNature nature, Rune? before)
    {
        switch (Rune.GetUnicodeCategory(character))
        {
            case UnicodeCategory.PrivateUse:
                return PrivateUse;
            case UnicodeCategory.OtherNotAssigned:
                return Unassigned;
            case UnicodeCategory.Control:
                return Control;
            case UnicodeCategory.Format:
                return Invisible;
            case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                return LineSeparator;
            case UnicodeCategory.SpaceSeparator when character.Value != ' ':
                return OddSpace;
            // not ° © ®
            case UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol when character.Value >= 0x2000:
                return Symbol;
            // chooses an emoji's form
            case UnicodeCategory.NonSpacingMark when character.Value is >= 0xFE00 and <= 0xFE0F:
                return null;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                return nature.Letters is not { } own ? StrayMark : own.Takes(character, before) ? null : StrangeMark;
            case UnicodeCategory.ModifierSymbol when nature.Letters is not null && !character.IsAscii:
                return LoneMark;
        }

        if (LookAlikes.IsForeignD(character) || LookAlikes.IsDisguised(character)
            || (nature.Latin && LookAlikes.IsCyrillicOrGreek(character) && Rune.IsLetter(character)))
        {
            return LookAlike(character);
        }

        if (character.IsAscii && RefusedBySome.Contains((char)character.Value))
            return Refused;

        if (nature.Letters is { } letters
            && IsLetter(character)
            && !letters.Contains(character)
            && !VietnameseLetters.Contains(character))
            return ForeignLetter(character, letters);

        return nature.Plain && !IsPlain(character) ? ForcesUnicode : null;
    }

    // Roman numerals of one character are letters too.
    static bool IsLetter(Rune character) =>
        Rune.IsLetter(character) || Rune.GetUnicodeCategory(character) == UnicodeCategory.LetterNumber;

    static CharacterFinding ForeignLetter(Rune letter, LanguageLetters letters)
    {
        var meant = letters.MeantBy(letter) is { } instead
            ? new Wording($"; có lẽ là “{instead}”", $"; probably '{instead}' is meant")
            : default;
        var other = ReferenceEquals(letters, LanguageLetters.OfNames)
            ? new Wording("", "")
            : new Wording(
                ", hoặc sửa 'language' nếu tin viết bằng tiếng khác", ", or mend 'language' if the text is in another");
        return new CharacterFinding(new Wording(
            $"“{letter}” không phải chữ của {letters.Name}{meant}. Hãy gõ lại từ này bằng bộ gõ Unicode{other}.",
            $"'{letter}' is no letter of {letters.Name}{meant}. Type this word again on a Unicode keyboard{other}."));
    }

    static bool IsPlain(Rune character) => character.IsAscii && Gsm7.CanEncode([(char)character.Value]);

    static CharacterFinding LookAlike(Rune letter)
    {
        var script = letter.Value switch
        {
            _ when !LookAlikes.IsCyrillicOrGreek(letter) =>
                new Wording("chữ không phải của tiếng Việt", "no letter of Vietnamese"),
            >= 0x0400 and < 0x1F00 or >= 0x2DE0 => new Wording("chữ Kirin (Nga)", "a Cyrillic letter"),
            _ => new Wording("chữ Hy Lạp", "a Greek letter"),
        };
        var looks = LookAlikes.LatinOf(letter) is { } latin
            ? new Wording($", trông giống chữ {latin}", $", looking like {latin}")
            : default;
        var meant = LookAlikes.VietnameseOf(letter) is { } vietnamese
            ? new Wording(
                $", thường do phông PDF lỗi làm sai chữ {vietnamese}", $", which broken PDF fonts put for {vietnamese}")
            : default;

        return new CharacterFinding(new Wording(
            $"“{letter}” là {script}{looks}{meant}. Hãy gõ lại từ này bằng bộ gõ tiếng Việt.",
            $"'{letter}' is {script}{looks}{meant}. Type this word again on a Vietnamese keyboard."));
    }

    static CharacterFinding Warning(Vietnamese vi, English en) => new(new Wording(vi, en), Severity.Warning);
}

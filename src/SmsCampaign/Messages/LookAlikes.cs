using System.Text;

namespace SmsCampaign.Messages;

/// <summary>
/// Letters that look like those of Vietnamese and are others: typed with a wrong keyboard, pasted from a PDF with a
/// broken font, or meant to deceive.
/// </summary>
static class LookAlikes
{
    // After Unicode Technical Standard 39 (confusables), by code point, as the eye cannot tell them apart.
    const string CyrillicCapitals =
        "\u0410\u0412\u0421\u0415\u041D\u0406\u0408\u041A\u041C\u041E\u0420\u0405\u0422\u0425\u0423\u051A\u051C\u04C0\u04AE\u0474";
    const string CyrillicSmall =
        "\u0430\u0441\u0501\u0435\u04BB\u0456\u0458\u043A\u043C\u043E\u0440\u0455\u0442\u0445\u0443\u051B\u051D\u04CF\u04AF\u0475\u0433\u043F\u044C";
    const string GreekCapitals =
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7\u03F9\u037F";
    const string GreekSmall = "\u03BF\u03BD\u03B9\u03B1\u03C1\u03C5\u03BA\u03C4\u03C7\u03B3\u03F2\u03F3";

    // Letters with a hook, a tail or dots that broken fonts bring; near enough to be overlooked.
    const string CyrillicOfFonts = "\u04C3\u04CD\u04EB\u04EA";

    // Eth and African d, which only their code points tell from Đ and đ.
    const string ForeignD = "\u00D0\u0189\u00F0\u0256";

    static readonly Dictionary<int, char> Latin =
        (CyrillicCapitals + CyrillicSmall + GreekCapitals + GreekSmall + CyrillicOfFonts + ForeignD)
        .Zip("ABCEHIJKMOPSTXYQWIYV" + "acdehijkmopstxyqwlyvrnb" + "ABEZHIKMNOPTYXCJ" + "oviapuktxycj" + "KMoO" + "ĐĐđđ")
        .ToDictionary(pair => (int)pair.First, pair => pair.Second);

    public static bool IsCyrillicOrGreek(Rune letter) =>
        letter.Value is (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) // Greek, Greek Extended
            or (>= 0x0400
                and <= 0x052F) or (>= 0x1C80 and <= 0x1C8F) or (>= 0x2DE0 and <= 0x2DFF) or (>= 0xA640 and <= 0xA69F);

    /// <summary>Latin letters of other languages that stand for đ and Đ.</summary>
    public static bool IsForeignD(Rune letter) => letter.IsBmp && ForeignD.Contains((char)letter.Value);

    /// <summary>Full-width and mathematical letters and digits: the same letters, drawn by other characters.</summary>
    public static bool IsDisguised(Rune letter) =>
        letter.Value is (>= 0xFF01 and <= 0xFF5E) or (>= 0x1D400 and <= 0x1D7FF);

    /// <returns>The letter it looks like; null where it looks like none.</returns>
    public static string? LatinOf(Rune letter)
    {
        if (Latin.TryGetValue(letter.Value, out var latin))
            return latin.ToString();

        return IsDisguised(letter) ? letter.ToString().Normalize(NormalizationForm.FormKC) : null;
    }

    /// <summary>
    /// The letter that was probably meant, where a PDF's font put a Cyrillic letter for a Vietnamese one: such
    /// fonts number the letters U+1EA0 to U+1EF9 as U+04A4 to U+04FD, so that "Quyết" becomes "Quy\u04C3t".
    /// Seen in provincial documents.
    /// </summary>
    /// <returns>Null where the letter is not in that range.</returns>
    public static string? VietnameseOf(Rune letter) => letter.Value is >= 0x04A4 and <= 0x04FD
        ? new Rune(letter.Value - 0x04A4 + 0x1EA0).ToString()
        : null;
}

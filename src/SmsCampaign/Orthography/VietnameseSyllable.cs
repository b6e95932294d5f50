using System.Collections.Frozen;

namespace SmsCampaign.Orthography;

/// <summary>
/// Whether a word can be a syllable of Vietnamese: onset, rhyme, and where its tone stands. Both ways of writing the
/// tone of an open oa, oe and uy are right (hoà and hòa: Quyết định 1989/QĐ-BGDĐT), and i as well as y after an onset.
/// </summary>
static class VietnameseSyllable
{
    static readonly string[] Onsets =
    [
        "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
        "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
    ];

    static readonly FrozenSet<string> Rhymes = Words("""
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
        i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
        o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
        ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uơ uân uâng uât uây uê uêch uênh uêu
        uy uya uych uyn uynh uyp uyt uyu uyên uyêt
        ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
        """);

    static readonly FrozenSet<string> RhymesAfterQu = Words("""
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng ât ây e en eo et ê êch ên ênh êt êu
        ơ ơn ôc y ynh yt yên yêt i inh it
        """);

    // Of gi the i is the first letter of iê: giếng.
    static readonly FrozenSet<string> RhymesOfGiOnly = Words("êm ên êng êt êu êc");

    // The g of gì, gìn and gỉ is gi with one i written for two.
    static readonly FrozenSet<string> RhymesOfGiAsG = Words("i in");

    /// <param name="word">Letters in any case and composition.</param>
    public static bool IsPossible(string word) =>
        Read(word) is { } read && Divisions(read.Letters).Any(division => Fits(division, read.Tone, read.ToneAt));

    /// <summary>Whether it would be a syllable if it had the tone that its last consonant asks
    /// for: phep for phép.</summary>
    public static bool LacksTone(string word) => Read(word) is { Tone: Tone.Level } read
        && Divisions(read.Letters).Any(division => IsStopped(division.Rhyme)) && !IsPossible(word);

    /// <returns>The syllable that was probably meant, where one slip explains the word; null where none does.</returns>
    public static string? Meant(string word)
    {
        if (Read(word) is not { } read)
            return null;

        foreach (var letters in Slips(read.Letters).Prepend(read.Letters))
        {
            foreach (var (onset, rhyme) in Divisions(letters))
            {
                var at = Enumerable.Range(0, rhyme.Length).FirstOrDefault(
                    at => VietnameseLetters.IsVowel(rhyme[at]) && Fits((onset, rhyme), read.Tone, onset.Length + at),
                    -1);
                if (at >= 0)
                    return onset + rhyme[..at] + VietnameseLetters.With(rhyme[at], read.Tone) + rhyme[(at + 1)..];
            }
        }

        return null;
    }

    /// <returns>The letters without tone, the tone and where it stands; null where it has two,
    /// or other letters.</returns>
    static (string Letters, Tone Tone, int ToneAt)? Read(string word)
    {
        var letters = word.Composed().ToLowerInvariant().ToCharArray();
        var (tone, toneAt) = (Tone.Level, -1);
        for (var at = 0; at < letters.Length; at++)
        {
            if (VietnameseLetters.Divide(letters[at]) is not { } divided
                || (divided.Tone != Tone.Level && tone != Tone.Level))
                return null;

            letters[at] = divided.Base;
            if (divided.Tone != Tone.Level)
                (tone, toneAt) = (divided.Tone, at);
        }

        return (new string(letters), tone, toneAt);
    }

    static IEnumerable<(string Onset, string Rhyme)> Divisions(string letters) =>
        from onset in Onsets
        where letters.StartsWith(onset, StringComparison.Ordinal)
        let rhyme = letters[onset.Length..]
        where rhyme.Length > 0 && Joins(onset, rhyme)
        select (onset, rhyme);

    static bool Joins(string onset, string rhyme)
    {
        var front = rhyme[0] is 'e' or 'ê' or 'i';
        return onset switch
        {
            "qu" => RhymesAfterQu.Contains(rhyme),
            "gi" => (Rhymes.Contains(rhyme) && rhyme[0] is not ('i' or 'y')) || RhymesOfGiOnly.Contains(rhyme),
            "g" when RhymesOfGiAsG.Contains(rhyme) => true,
            _ when !Rhymes.Contains(rhyme) => false,
            "" => !rhyme.StartsWith("iê", StringComparison.Ordinal),
            _ when rhyme.StartsWith("yê", StringComparison.Ordinal) => false,
            "gh" or "ngh" => front,
            "k" => front || rhyme == "y",
            "c" or "g" or "ng" => !front && rhyme != "y",
            _ => true,
        };
    }

    static bool Fits((string Onset, string Rhyme) division, Tone tone, int toneAt)
    {
        var (onset, rhyme) = division;
        if (tone is not (Tone.Acute or Tone.Dot) && IsStopped(rhyme))
            return false;

        return tone == Tone.Level || StandsRight(rhyme, toneAt - onset.Length);
    }

    static bool IsStopped(string rhyme) =>
        rhyme[^1] is 'p' or 't' or 'c' || rhyme.EndsWith("ch", StringComparison.Ordinal);

    static bool StandsRight(string rhyme, int at)
    {
        if (rhyme.LastIndexOfAny(['ă', 'â', 'ê', 'ô', 'ơ']) is var hat and >= 0)
            return at == hat;

        if (rhyme.IndexOf('ư') is var horn and >= 0)
            return at == horn;

        var vowels = rhyme.TakeWhile(VietnameseLetters.IsVowel).Count();
        if (vowels < rhyme.Length)
            return at == vowels - 1;

        return vowels == 3 ? at == 1 : at == 0 || (at == 1 && rhyme is "oa" or "oe" or "uy");
    }

    static IEnumerable<string> Slips(string letters)
    {
        (string Written, string Meant)[] slips =
        [
            ("uơ", "ươ"), ("ưo", "ươ"), ("ngh", "ng"), ("ng", "ngh"), ("gh", "g"), ("g", "gh"), ("c", "k"), ("k", "c"),
            ("ie", "iê"), ("ye", "yê"),
        ];
        return from slip in slips
               let at = letters.IndexOf(slip.Written, StringComparison.Ordinal)
               where at >= 0
               select letters[..at] + slip.Meant + letters[(at + slip.Written.Length)..];
    }

    static FrozenSet<string> Words(string list) =>
        list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}

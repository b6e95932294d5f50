using SmsCampaign.Files.Binding;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Architecture;

/// <summary>Every key of the installation file says what it means, in both languages, where it is declared: the schema,
/// the reference and every problem with it are told from there.</summary>
public class MeaningTests
{
    static readonly SettingKey Root = SettingKey.Of(typeof(InstallationSettings));

    [Fact]
    public void Every_key_and_word_of_the_installation_file_has_a_meaning_in_both_languages() => Assert.Empty(
        AllWords(Root, "")
            .Where(each => string.IsNullOrWhiteSpace(each.Words.Vi)
                || string.IsNullOrWhiteSpace(each.Words.En)
                || each.Words.Vi == each.Words.En)
            .Select(each => $"{each.Path}: write [Meaning(\"tiếng Việt\", \"English\")] over the property or word")
            .Distinct());

    [Fact]
    public void A_meaning_is_made_of_whole_sentences() => Assert.Empty(
        AllWords(Root, "")
            .SelectMany(
                each => new[] { each.Words.Vi, each.Words.En }, (each, words) => (each.Path, Words: words ?? "."))
            .Where(each => !each.Words.EndsWith('.') || each.Words != each.Words.Trim())
            .Select(each => $"{each.Path}: {each.Words}")
            .Distinct());

    /// <summary>What the declaration says beside the words is not said a second time, where it would be
    /// forgotten.</summary>
    [Fact]
    public void A_meaning_leaves_range_and_default_to_the_declaration() => Assert.Empty(
        AllWords(Root, "")
            .Where(each => each.Words.En is { } words
                && (words.Contains(" unless set", StringComparison.Ordinal)
                    || words.Contains("Required.", StringComparison.Ordinal)))
            .Select(each => $"{each.Path}: {each.Words.En}")
            .Distinct());

    static IEnumerable<(string Path, Wording Words)> AllWords(FileKey key, string path) =>
        key.Keys.SelectMany(inside => WordsOf(inside, path + inside.Name))
            .Concat(key.Variants.SelectMany(variant => WordsOf(variant, $"{path}({variant.Name})")))
            .Concat(key.Item is { } item ? AllWords(item, path) : []);

    static IEnumerable<(string Path, Wording Words)> WordsOf(FileKey key, string path)
    {
        var choice = key.Item ?? key;
        return AllWords(key, path + ".")
            .Prepend((path, key.Words))
            .Concat(choice.Choices.Zip(choice.ChoiceWords, (word, words) => ($"{path}={word}", words)));
    }
}

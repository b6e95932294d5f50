using System.CommandLine;
using System.CommandLine.Parsing;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.App;

/// <summary>
/// Options every verb takes. A verb reads them by <see cref="FolderOf"/> and its siblings.
/// </summary>
static class SharedOptions
{
    /// <summary>Who gives an order at this terminal. A phone number that somebody wrote for a name, or beside it, is
    /// masked before it is kept: it would stand in logs and reports.</summary>
    /// <param name="person">Null: no name was given.</param>
    public static Who WhoBy(string? person) => Who.Here(person is null ? null : NumberMask.In(person));

    const string LangName = "--lang";
    const string DataName = "--data";
    const string InstallationName = "--installation";

    public static IEnumerable<Option> Create(Language language) =>
    [
        new Option<string>(LangName)
        {
            Description = new Wording("Ngôn ngữ: vi hoặc en", "Language: vi or en").In(language),
            Recursive = true,
            DefaultValueFactory = _ => "vi",
        }.AcceptOnlyFromAmong("vi", "en"),
        new Option<DirectoryInfo>(DataName)
        {
            Description = new Wording("Thư mục chứa sổ gửi tin", "Folder of the ledger").In(language),
            Recursive = true,
            DefaultValueFactory = _ => new DirectoryInfo("data"),
        },
        new Option<FileInfo>(InstallationName)
        {
            Description = new Wording("Tệp cấu hình", "Installation file").In(language),
            Recursive = true,
            DefaultValueFactory = _ => new FileInfo(Path.Combine("config", "smscampaign.json")),
        },
    ];

    /// <summary>Reads the language before anything is parsed, as the descriptions themselves depend on it.</summary>
    public static Language LanguageOf(string[] args)
    {
        for (var at = 0; at < args.Length; at++)
        {
            if (args[at] is LangName + "=en" or LangName + ":en"
                || (args[at] == LangName && at + 1 < args.Length && args[at + 1] == "en"))
                return Language.English;
        }

        return Language.Vietnamese;
    }

    /// <summary>Whether a person wrote the option, whatever they gave it: asked while it is not known yet that its
    /// value can be read.</summary>
    public static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>The data folder, with the audit chain's key where the installation file has it.</summary>
    public static DataFolder FolderOf(ParseResult parsed)
    {
        var root = DataOf(parsed).FullName;
        return Installation.ReadAuditKeyFile(InstallationOf(parsed).ToString()) is { } key
            ? new DataFolder(root) { AuditKey = key }
            : new DataFolder(root);
    }

    static DirectoryInfo DataOf(ParseResult parsed) => parsed.GetRequiredValue<DirectoryInfo>(DataName);

    public static FileInfo InstallationOf(ParseResult parsed) => parsed.GetRequiredValue<FileInfo>(InstallationName);
}

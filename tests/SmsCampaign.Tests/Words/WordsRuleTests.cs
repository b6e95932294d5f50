using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SmsCampaign.App;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Words;

/// <summary>What keeps both languages in step: words of a thing live in its room's folder Words, and no sentence picks
/// the language of its parts by hand.</summary>
public class WordsRuleTests
{
    static readonly Assembly[] Ours = [typeof(Wording).Assembly, typeof(Terminal).Assembly];

    [Theory]
    [InlineData(".Vi}")]
    [InlineData(".En}")]
    public void No_hole_of_a_sentence_names_its_language(string pick)
    {
        var found = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines, (file, line) => (Name: Path.GetFileName(file), line))
            .Where(at => at.line.Contains(pick, StringComparison.Ordinal));

        Assert.Empty(found);
    }

    /// <summary>A string that is no half of a wording would say it in English, whatever the person reads.</summary>
    [Fact]
    public void No_wording_stands_in_a_plain_string() => Assert.Empty(Ours.SelectMany(FindInPlainStrings));

    /// <summary>What the glossary of the handbook calls otherwise.</summary>
    [Theory]
    [InlineData("phân đoạn", "nhóm nhận tin")]
    [InlineData("đối tượng", "danh sách")] // a suspect, to those who get the report
    [InlineData("trình duyệt(?! web)", "trình phê duyệt")]
    [InlineData("tệp cài đặt|thiết đặt", "tệp cấu hình, cấu hình")]
    [InlineData("giả lập", "mô phỏng")]
    [InlineData("lượt gọi|lần gọi", "yêu cầu")]
    [InlineData("quá tải", "gửi quá nhanh")]
    [InlineData("người quản trị|kỹ sư(?! phụ trách)", "kỹ sư phụ trách")]
    [InlineData("tên người gửi", "tên định danh")]
    [InlineData("cổng nhà mạng", "cổng nhắn tin")]
    [InlineData("sổ Excel", "tệp Excel")]
    [InlineData("danh sách không gửi|danh sách từ chối(?! nhận tin)", "danh sách từ chối nhận tin")]
    [InlineData("danh sách chuyển mạng(?! giữ số)", "danh sách chuyển mạng giữ số")]
    [InlineData("mã tham chiếu", "mã tin")]
    [InlineData("lớp lỗi", "nhóm nguyên nhân")]
    [InlineData("có phải ý là", "có phải là … không")]
    public void One_thing_has_one_name(string other, string name)
    {
        string[] read = ["src", "config", "samples"];
        string[] kinds = [".cs", ".md", ".yaml", ".json"];
        var found = read.SelectMany(
            folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(file => kinds.Contains(Path.GetExtension(file)))
            .Where(file => Regex.IsMatch(
                Regex.Replace(SourceText.Read(file), @"\s+", " "),
                other,
                RegexOptions.IgnoreCase)); // a line may end within a name

        Assert.True(!found.Any(), $"say {name}: {string.Join(", ", found)}");
    }

    [Fact]
    public void Words_live_in_their_rooms_folder_of_words()
    {
        var elsewhere = Ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Words", StringComparison.Ordinal)
                && !type.IsNested
                && !type.Namespace!.EndsWith(".Words", StringComparison.Ordinal))
            .Where(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(
                method => method.ReturnType == typeof(Wording)));

        Assert.Empty(elsewhere);
    }

    /// <summary>Calls of <c>AppendFormatted&lt;Wording&gt;</c>: each is a hole whose handler
    /// knows no language.</summary>
    static IEnumerable<string> FindInPlainStrings(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var rows = file.GetMetadataReader().GetTableRowCount(TableIndex.MethodSpec);
        for (var row = 1; row <= rows; row++)
        {
            if (Resolve(
                assembly, (0x2B << 24) | row) is { Name: nameof(DefaultInterpolatedStringHandler.AppendFormatted) } call
                && call.GetGenericArguments().Any(type => type == typeof(Wording) || type == typeof(Wording?)))
                yield return $"{assembly.GetName().Name}: {call.DeclaringType!.Name}.{call.Name}<Wording>";
        }
    }

    static MethodBase? Resolve(Assembly assembly, int token)
    {
        try
        {
            return assembly.ManifestModule.ResolveMethod(token);
        }
        catch (Exception e) when (e is BadImageFormatException or ArgumentException)
        {
            return null; // of a generic method's own type parameters
        }
    }
}

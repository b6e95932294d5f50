using SmsCampaign.Files;

namespace SmsCampaign.Tests.Files;

public class FileNamesTests
{
    [Theory]
    [InlineData("con")]
    [InlineData("NUL")]
    [InlineData("aux.csv")]
    [InlineData("com1")]
    [InlineData("lpt0")]
    [InlineData("COM³")]
    [InlineData("conin$")]
    [InlineData("prn .txt")]
    [InlineData("bao-cao.")]
    [InlineData("bao-cao ")]
    public void A_name_that_Windows_cannot_have_is_refused(string name) => Assert.NotNull(FileNames.Refuse(name));

    [Theory]
    [InlineData("console")]
    [InlineData("com10")]
    [InlineData("nul-2025")]
    [InlineData("dak-lak-2025")]
    [InlineData("báo cáo.csv")]
    public void Any_other_is_not(string name) => Assert.Null(FileNames.Refuse(name));
}

using SmsCampaign.WebConsole.People;

namespace SmsCampaign.Tests.WebConsole.People;

/// <summary>Passwords that are long and that anybody would try.</summary>
public sealed class EasyPasswordTests
{
    [Theory]
    [InlineData("123456789012")]
    [InlineData("matkhau123456")]
    [InlineData("Mật khẩu 2025!")]
    [InlineData("ChinhPhu@2025")]
    [InlineData("sms-campaign-1")]
    [InlineData("Password1234")]
    [InlineData("qwertyuiop12")]
    [InlineData("tranthib-2025")]
    [InlineData("tran.thi.b.2025")]
    [InlineData("m.a.t.k.h.a.u.1.2.3")] // whatever stands between
    [InlineData("chinh_phu quan-tri")]
    [InlineData("111122223333")] // rows of digits, be they in no list
    [InlineData("5678901234567")]
    [InlineData("987654 321098 7")]
    public void What_everybody_tries_first_is_easy(string password) =>
        Assert.True(EasyPassword.Is(password, "tranthib"));

    [Theory]
    [InlineData("một câu dễ nhớ 2025")]
    [InlineData("con mèo trèo cây cau")]
    [InlineData("xJ4!kq92-Lw0z")]
    [InlineData("#!%^&*()#!%^&*")] // no letter is needed
    [InlineData("admin nhưng còn cả một câu dài")] // enough is left
    public void A_sentence_is_not(string password) => Assert.False(EasyPassword.Is(password, "tranthib"));
}

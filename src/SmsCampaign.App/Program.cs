using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Files;

var terminal = Terminal.Standard(SharedOptions.LanguageOf(args));

PrivateFiles.ForThisProcess();

try
{
    return await CommandLine.RunAsync(args, terminal, CancellationToken.None);
}
catch (Exception broken) // the edge: the only place that catches everything
{
    terminal.SayError(new Wording(
        $"Chương trình gặp lỗi và đã dừng (máy báo: {FaultWords.Of(broken)}).\n"
            + $"Đây là lỗi của chương trình hoặc của máy. Hãy gửi dòng trên cho kỹ sư phụ trách; chạy lại với --lang "
            + $"en thì có nguyên lời của máy.",
        $"Could not be done: {broken.Message}\nThis is a fault of the program or the machine. "
            + $"Pass the line above to your engineer."));
    return ExitCode.CouldNot;
}

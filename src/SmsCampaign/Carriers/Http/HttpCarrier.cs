namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Any gateway that takes messages over HTTP and answers in JSON, described wholly in the installation file. Many
/// aggregators are just that.
/// </summary>
sealed class HttpCarrier(HttpLaneOptions options, HttpClient http) : ICarrier, IReceiptSource
{
    readonly HttpRequestWriter _writer = new(options);
    readonly HttpAnswer _answer = new(options.Answer!, options.Secrets);
    readonly HttpReceipts? _receipts = options.Receipts is { } receipts ? new HttpReceipts(receipts, options.Secrets) : null;

    public int MostPerCall => options.MostPerCall;

    public bool RepeatsReference => options.Receipts?.Reference is not null && !PartsHaveOwnIds;

    public bool PartsHaveOwnIds => options.Answer!.Ids is not null && options.Receipts is { Part: null };

    public async Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, CancellationToken cancellationToken)
    {
        using var request = _writer.Write(messages);
        return await CarrierHttp.ExchangeAsync(
            http, request, messages.Count, answer => _answer.Read(answer, messages), cancellationToken, options.RepeatsDropped);
    }

    public IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback) =>
        _receipts?.Read(callback) ?? throw new FormatException("this lane has no receipts");
}

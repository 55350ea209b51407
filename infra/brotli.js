// Asks S3 for the brotli form of a file where the phone reads it. It lies beside the file under the same name and `.br`.
function handler(event) {
    var request = event.request;
    var accepted = request.headers['accept-encoding'];
    var reads = accepted && /(^|,)\s*br\s*(;\s*q=(1|0\.[0-9]*[1-9])[0-9.]*\s*)?(,|$)/.test(accepted.value);
    if (reads && /\.(${kinds})$/.test(request.uri)) {
        request.uri += '.br';
    }
    return request;
}

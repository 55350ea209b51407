stands for sw.js
